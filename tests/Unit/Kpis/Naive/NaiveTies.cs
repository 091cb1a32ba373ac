using Newtonsoft.Json.Linq;
using static FriendCity.Tests.Unit.Kpis.Naive.RawRows;

namespace FriendCity.Tests.Unit.Kpis.Naive;

/// <summary>The circle of friends, from the formulas: K01 to K13, K20 to K23, K31, K33, K38, K43.</summary>
internal static class NaiveTies
{
    private static readonly string[] Stages = ["INTENTION", "FRIENDLY_COOPERATION", "FRIEND_CITY"];

    /// <summary>Every tied city with the highest stage of its relationships and that stage's day.</summary>
    public static Dictionary<string, (int Stage, DateOnly Day, JObject Row)> Ties(RawRows raw, DateOnly day, bool anywhere = false)
    {
        var ties = new Dictionary<string, (int Stage, DateOnly Day, JObject Row)>();
        foreach (var row in raw.Of("relationships").Where(row => Text(row, "homeEntityLevel") == "city"))
        {
            var city = Text(row, "cityId")!;
            var last = List(row, "stages").LastOrDefault(stage => Day(stage, "date") <= day && raw.Counts(stage));
            var level = last is null ? -1 : Array.IndexOf(Stages, Text(last, "stage"));
            if (level >= 0 && raw.CountryOf(city) is not null && (anywhere || raw.CityInScope(city))
                && (!ties.TryGetValue(city, out var other) || other.Stage < level || (other.Stage == level && other.Day > Day(last!, "date"))))
                ties[city] = (level, Day(last!, "date")!.Value, row);
        }

        return ties;
    }

    public static void Add(RawRows raw, IDictionary<string, double?> figures)
    {
        var ties = Ties(raw, raw.AsOf);
        var formal = ties.Where(tie => tie.Value.Stage > 0).Select(tie => tie.Key).ToList();
        var countries = ties.Keys.Select(raw.CountryOf).Distinct().Count();
        figures["K03"] = ties.Count;
        figures["K04"] = countries;
        figures["K05 broad"] = Over(countries, raw.Countries.Count);
        figures["K05 formal"] = Over(formal.Select(raw.CountryOf).Distinct().Count(), raw.Countries.Count);
        var before = Ties(raw, raw.Baseline);
        figures["K06 broad"] = Over(ties.Count - before.Count, before.Count);
        figures["K06 formal"] = Over(formal.Count - before.Count(tie => tie.Value.Stage > 0), before.Count(tie => tie.Value.Stage > 0));
        for (var stage = 0; stage < 3; stage++)
            figures[$"K07 {Stages[stage]}"] = ties.Count(tie => tie.Value.Stage == stage);
        figures["K10"] = ties.Count(tie => tie.Value.Stage == 0 && tie.Value.Day.DayNumber < raw.AsOf.DayNumber - 365);
        figures["K11"] = raw.Countries.Count - countries;
        Activities(raw, figures, [.. ties.Keys]);
        World(raw, figures);
        Cohort(raw, figures, ties);
        Networks(raw, figures, [.. ties.Keys], formal);
        Routes(raw, figures, [.. ties.Keys]);

        var strategies = raw.Of("strategies").Where(row => raw.Holds(row, "since", "until")).SelectMany(row => Ids(row, "countryIds"))
            .Where(raw.Countries.Contains).Distinct().Count();
        figures["K31"] = Over(strategies, raw.Countries.Count);
        var policies = raw.Of("policy-profiles").Where(row => (bool?)row["approved"] == true && raw.Holds(row, "approvedOn", "expiresOn"))
            .Select(row => Text(row, "cityId")!).Where(ties.ContainsKey).Distinct().Count();
        figures["K33"] = Over(policies, ties.Count);
    }

    private static void Activities(RawRows raw, IDictionary<string, double?> figures, List<string> circle)
    {
        var activities = raw.Of("activities").Where(row => Day(row, "date") <= raw.AsOf).ToList();
        var since = raw.AsOf.AddMonths(-12);
        figures["K12"] = Over(activities.Where(row => Day(row, "date") > since).Sum(row => Ids(row, "cityIds").Count(circle.Contains)), circle.Count);
        figures["K13"] = circle.Count(city => !(activities.Where(row => Ids(row, "cityIds").Contains(city)).Max(row => Day(row, "date")) >= since));
    }

    private static void World(RawRows raw, IDictionary<string, double?> figures)
    {
        var world = Ties(raw, raw.AsOf, anywhere: true).Where(tie => tie.Value.Stage > 0).Select(tie => tie.Key).ToList();
        double? Published(string indicator) => raw.Of("reported-figures")
            .Where(row => Text(row, "indicator") == indicator && Day(row, "date") <= raw.AsOf).MaxBy(row => Day(row, "date")) is { } row
            ? Number(row, "value") : null;
        figures["K01 computed"] = world.Count;
        figures["K01 reported"] = Published("FORMAL_CITIES");
        figures["K02 computed"] = world.Select(raw.CountryOf).Distinct().Count();
        figures["K02 reported"] = Published("FORMAL_COUNTRIES");
        figures["K43 cities"] = figures["K01 reported"] - figures["K01 computed"];
        figures["K43 countries"] = figures["K02 reported"] - figures["K02 computed"];
    }

    private static void Cohort(RawRows raw, IDictionary<string, double?> figures, Dictionary<string, (int Stage, DateOnly Day, JObject Row)> ties)
    {
        var cohort =
            from row in raw.Of("relationships")
            where Text(row, "homeEntityLevel") == "city" && raw.CityInScope(Text(row, "cityId"))
            let stages = List(row, "stages").Where(stage => Day(stage, "date") <= raw.AsOf && raw.Counts(stage)).ToList()
            let intention = stages.Where(stage => Text(stage, "stage") == "INTENTION").Min(stage => Day(stage, "date"))
            where intention is not null
            let formal = stages.Where(stage => Array.IndexOf(Stages, Text(stage, "stage")) > 0 && Day(stage, "date") >= intention)
                .Min(stage => Day(stage, "date"))
            select (City: Text(row, "cityId")!, Intention: intention.Value, Channel: Text(row, "openingChannel") ?? "unknown",
                Days: formal?.DayNumber - intention.Value.DayNumber);
        var all = cohort.ToList();
        var days = all.Where(each => each.Days is not null).Select(each => (double)each.Days!.Value).Order().ToList();
        var formalDays = raw.Of("relationships").Where(row => Text(row, "homeEntityLevel") == "city").SelectMany(row => List(row, "stages")
            .Where(stage => raw.Counts(stage) && Day(stage, "date") <= raw.AsOf && Array.IndexOf(Stages, Text(stage, "stage")) > 0)
                .Select(stage => (City: Text(row, "cityId")!, Day: Day(stage, "date")!.Value))).ToList();
        var cities = all.GroupBy(each => each.City).ToList();
        figures["K08"] = Over(cities.Count(
            city => formalDays.Exists(each => each.City == city.Key && each.Day >= city.Min(intention => intention.Intention))), cities.Count);
        figures["K09"] = days.Count == 0
            ? null : days.Count % 2 == 1 ? days[days.Count / 2] : (days[(days.Count / 2) - 1] + days[days.Count / 2]) / 2;
        foreach (var channel in new[] { "embassy_consulate", "international_friends", "high_level_delegation", "other", "unknown" })
        {
            figures[$"K38 {channel} relationships"] = ties.Count(tie => (Text(tie.Value.Row, "openingChannel") ?? "unknown") == channel);
            figures[$"K38 {channel} conversion"] = Over(all.Count(each => each.Channel == channel && each.Days is not null),
                all.Count(each => each.Channel == channel));
        }
    }

    private static void Networks(RawRows raw, IDictionary<string, double?> figures, List<string> broad, List<string> formal)
    {
        var (nodes, tied, firm) = (0, 0, 0);
        foreach (var network in raw.Of("networks"))
        {
            var cities = List(network, "nodes").Where(node => raw.Counts(node) && raw.Holds(node, "since", "until")
                && raw.CityInScope(Text(node, "cityId"))).Select(node => Text(node, "cityId")!).ToList();
            var id = Text(network, "id");
            figures[$"K20 {id}"] = Over(cities.Count(broad.Contains), cities.Count);
            figures[$"K21 {id}"] = Over(cities.Count(formal.Contains), cities.Count);
            figures[$"K22 {id}"] = cities.Count(city => !broad.Contains(city));
            (nodes, tied, firm) = (nodes + cities.Count, tied + cities.Count(broad.Contains), firm + cities.Count(formal.Contains));
        }

        (figures["K20"], figures["K21"]) = (Over(tied, nodes), Over(firm, nodes));
    }

    private static void Routes(RawRows raw, IDictionary<string, double?> figures, List<string> circle)
    {
        var links = raw.Of("transport-links").Where(row => raw.Holds(row, "since", "until") && raw.CityInScope(Text(row, "cityId"))).ToList();
        double? Share(params string[] modes)
        {
            var cities = links.Where(row => modes.Contains(Text(row, "mode"))).Select(row => Text(row, "cityId")!).Distinct().ToList();
            return Over(cities.Count(circle.Contains), cities.Count);
        }

        (figures["K23"], figures["K23 air"], figures["K23 rail"]) = (Share("air", "rail"), Share("air"), Share("rail"));
    }

    public static double? Over(double part, double whole) => whole == 0 ? null : part / whole;
}
