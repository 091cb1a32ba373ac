using System.Globalization;
using Newtonsoft.Json.Linq;
using static FriendCity.Tests.Unit.Kpis.Naive.NaiveTies;
using static FriendCity.Tests.Unit.Kpis.Naive.RawRows;

namespace FriendCity.Tests.Unit.Kpis.Naive;

/// <summary>Match score, agreements, quality, targets, directives and trade, from the formulas: K32, K39 to K42, K44.</summary>
internal static class NaiveRegistry
{
    public static void Add(RawRows raw, IDictionary<string, double?> figures)
    {
        Match(raw, figures);
        Agreements(raw, figures);
        Quality(raw, figures);
        Directives(raw, figures);
        var trade = raw.Of("reported-figures").Where(row => Text(row, "indicator") == "SCODA_SCO_TRADE" && Day(row, "date") <= raw.AsOf)
            .OrderBy(row => Day(row, "date")).ToList();
        foreach (var row in trade)
            figures[$"K44 {Day(row, "date")!.Value.Year.ToString(CultureInfo.InvariantCulture)}"] = Number(row, "value");
        figures["K44"] = trade.Count == 0 ? null : Number(trade[^1], "value");
        Targets(raw, figures);
    }

    private static void Match(RawRows raw, IDictionary<string, double?> figures)
    {
        var weights = raw.Of("match-weights").Where(row => raw.Holds(row, "since", "until")).MaxBy(row => Number(row, "weightsVersion"));
        if (weights is null)
        {
            figures["K32"] = null;
            return;
        }

        var demand = raw.Of("home-demands").Where(row => raw.Holds(row, "since", "until"))
            .ToDictionary(row => Text(row, "sectorId")!, row => (D: Number(row, "demand")!.Value / 3, W: Number(row, "weight")!.Value));
        var wanted = demand.Values.Select(each => each.W * each.D).OrderDescending().Take(5).Sum();
        var profiles = raw.Of("policy-profiles").Where(row => raw.Holds(row, "approvedOn", "expiresOn") && raw.CityInScope(Text(row, "cityId")))
            .GroupBy(row => Text(row, "cityId")!);
        var (ties, projects) = (Ties(raw, raw.AsOf), NaiveProjects.Standings(raw));
        foreach (var profile in profiles.Select(versions => versions.MaxBy(row => Number(row, "profileVersion"))!))
        {
            var city = Text(profile, "cityId")!;
            var strengths = List(profile, "sectorStrengths").Where(raw.Counts)
                .ToDictionary(each => Text(each, "sectorId")!, each => Number(each, "strength")!.Value / 3);
            double? industry = strengths.Count == 0 || wanted == 0
                ? null : Math.Min(1, demand.Sum(each => each.Value.W * Math.Min(strengths.GetValueOrDefault(each.Key), each.Value.D)) / wanted);
            var culture = Flags(profile, ("sharedFestival", 0.25), ("languageOrSchoolTie", 0.25), ("youthProgramme", 0.25), ("tourismLink", 0.25));
            var logistics = Flags(profile, ("onHubNetwork", 0.5), ("directRail", 0.25), ("directAirOrSea", 0.25));
            var signed = projects.Count(each => each.City == city && each.Signed > raw.AsOf.AddMonths(-36));
            var held = raw.Of("activities").Count(row => Day(row, "date") <= raw.AsOf && Day(row, "date") > raw.AsOf.AddMonths(-12)
                && Ids(row, "cityIds").Contains(city));
            var platforms = raw.Of("platforms").Where(row => (bool?)row["embeddingCalledFor"] == true).ToList();
            var present = platforms.Count(row => List(row, "embeddings")
                .Any(each => raw.Counts(each) && raw.Holds(each, "since", "until") && Text(each, "cityId") == city));
            var prospect = !ties.ContainsKey(city);
            double? track = prospect ? 0 : (Math.Min(1, signed / 3.0) + Math.Min(1, held / 4.0)) / 2;
            double? stage = platforms.Count == 0 ? null : prospect ? 0 : present / (double)platforms.Count;
            (string Name, double? Part)[] parts = [("industry", industry), ("culture", culture), ("logistics", logistics), ("trackRecord", track),
                ("platforms", stage)];
            foreach (var (name, part) in parts)
                figures[$"K32 {city} {name}"] = part;
            double Weight(string name) => Number(weights, name)!.Value;
            double? Mean(IEnumerable<(string Name, double? Part)> of) => of.Where(each => each.Part is not null).ToList() is { Count: > 0 } known
                ? 100 * known.Sum(each => Weight(each.Name) * each.Part!.Value) / known.Sum(each => Weight(each.Name)) : null;
            figures[$"K32 {city} score"] = Mean(parts);
            figures[$"K32 {city} completeness"] = parts.Where(each => each.Part is not null).Sum(each => Weight(each.Name));
            if (prospect)
                figures[$"K32 {city} potential"] = Mean(parts.Take(3));
        }
    }

    private static double? Flags(JObject row, params (string Name, double Weight)[] flags) =>
        Array.Exists(flags, flag => row[flag.Name] is null) ? null : flags.Sum(flag => (bool)row[flag.Name]! ? flag.Weight : 0);

    private static bool InScope(RawRows raw, JObject agreement) =>
        raw.Find("relationships", Text(agreement, "relationshipId")) is { } relationship ? raw.CityInScope(Text(relationship, "cityId"))
            : raw.Find("projects", Text(agreement, "projectId")) is { } project && raw.Countries.Contains(Text(project, "countryId")!);

    private static void Agreements(RawRows raw, IDictionary<string, double?> figures)
    {
        var (soon, overdue, missing) = (0, 0, 0);
        foreach (var row in raw.Of("agreements").Where(row => Day(row, "signedOn") <= raw.AsOf && InScope(raw, row)))
        {
            var end = Day(row, "endsOn") ?? (Number(row, "termYears") is { } years ? Day(row, "signedOn")!.Value.AddYears((int)years) : null);
            DateOnly[] due = [.. new[] { end, Day(row, "reviewOn") }.OfType<DateOnly>()];
            if (due.Length == 0)
                missing++;
            else if (due.Min() < raw.AsOf)
                overdue++;
            else if (due.Min().DayNumber <= raw.AsOf.DayNumber + 180)
                soon++;
        }

        (figures["K39 soon"], figures["K39 overdue"], figures["K39 missing"], figures["K39 due"]) = (soon, overdue, missing,
            soon + overdue + missing);
    }

    private static void Quality(RawRows raw, IDictionary<string, double?> figures)
    {
        static bool Exact(JObject row) => Text(row, "datePrecision") is null or "day";
        static bool Real(params string?[] sources) => !sources.Contains("illustrative");
        bool Known(JObject entry, string field = "date") => raw.Counts(entry) && Day(entry, field) <= raw.AsOf;
        var grades = new List<(string Entity, bool Sourced, bool Exact, bool? Valued, int Conflicts)>();
        int Open(string type, JObject row) => raw.Of("source-conflicts").Count(each =>
            Text(each, "recordType") == type && Text(each, "recordId") == Text(row, "id")
                && (Text(each, "state") == "open" || Day(each, "settledOn") > raw.AsOf));

        foreach (var row in raw.Of("countries").Where(row => raw.Countries.Contains(Text(row, "id")!)))
            grades.Add(("countries", Real(Text(row, "source")), List(row, "scoStatus")
                .Where(each => raw.Counts(each) && Day(each, "validFrom") <= raw.AsOf).All(Exact), null, Open("countries", row)));
        foreach (var tie in Ties(raw, raw.AsOf).Values)
        {
            var known = List(tie.Row, "stages").Where(stage => Known(stage)).ToList();
            grades.Add(("relationships", Real(Text(tie.Row, "source"), Text(known[^1], "source")), known.TrueForAll(Exact), null,
                Open("relationships", tie.Row)));
        }

        foreach (var project in NaiveProjects.Standings(raw))
        {
            var known = List(project.Row, "statusEvents").Where(each => Known(each)).ToList();
            grades.Add(("projects", Real(Text(project.Row, "source"), known.Count == 0 ? null : Text(known[^1], "source")), known.Count == 0
                ? Exact(project.Row) : known.TrueForAll(Exact), project.Row["plannedValue"] is not null, Open("projects", project.Row)));
        }

        foreach (var row in raw.Of("activities").Where(row => Day(row, "date") <= raw.AsOf && NaiveActivities.InScope(raw, row)))
            grades.Add(("activities", Real(Text(row, "source"), Text(row, "dateSource")), Exact(row), null, Open("activities", row)));
        foreach (var row in raw.Of("agreements").Where(row => Day(row, "signedOn") <= raw.AsOf && InScope(raw, row)))
            grades.Add(("agreements", Real(Text(row, "source")), Exact(row), null, Open("agreements", row)));
        foreach (var entity in new[] { "", " countries", " relationships", " projects", " activities", " agreements" })
        {
            var rows = grades.Where(each => entity.Length == 0 || each.Entity == entity[1..]).ToList();
            figures[$"K40{entity} score"] = Over(rows.Count(each => each.Sourced && each.Exact && each.Valued != false && each.Conflicts == 0),
                rows.Count);
            figures[$"K40{entity} source"] = Over(rows.Count(each => each.Sourced), rows.Count);
            figures[$"K40{entity} dayPrecision"] = Over(rows.Count(each => each.Exact), rows.Count);
            figures[$"K40{entity} value"] = Over(rows.Count(each => each.Valued == true), rows.Count(each => each.Valued is not null));
            figures[$"K40{entity} noOpenConflict"] = Over(rows.Count(each => each.Conflicts == 0), rows.Count);
            figures[$"K40{entity} openConflicts"] = rows.Sum(each => each.Conflicts);
        }
    }

    private static void Directives(RawRows raw, IDictionary<string, double?> figures)
    {
        bool Done(JObject row) => Day(row, "doneOn") <= raw.AsOf;
        var items = raw.Of("directives").Where(row => Text(row, "kind") != "inspection" && !(Day(row, "issuedOn") > raw.AsOf)).ToList();
        figures["K42 closedOnTime"] = Over(items.Count(row => Done(row) && !(Day(row, "doneOn") > Day(row, "dueOn"))),
            items.Count(row => Done(row) || row["dueOn"] is not null));
        figures["K42 open"] = items.Count(row => !Done(row));
        figures["K42 inspections"] = raw.Of("directives").Count(row => Text(row, "kind") == "inspection"
            && (Day(row, "issuedOn") ?? (raw.Find("activities", Text(row, "activityId")) is { } activity
                ? Day(activity, "date") : null)) <= raw.AsOf);
    }

    private static void Targets(RawRows raw, IDictionary<string, double?> figures)
    {
        foreach (var target in raw.Of("targets"))
        {
            var (id, kpi) = (Text(target, "id"), Text(target, "kpiId"));
            var aim = Number(target, "targetValue")!.Value;
            var networks = raw.Of("networks").SelectMany(network => List(network, "nodes"))
                .Where(node => raw.Counts(node) && raw.Holds(node, "since", "until")).Select(node => Text(node, "cityId")!);
            var actual = Text(target, "part") == "numerator"
                ? networks.Count(Ties(raw, raw.AsOf).ContainsKey) : figures[Text(target, "dimension") is { } dimension ? $"{kpi} {dimension}" : kpi!];
            var (start, end) = (Day(target, "periodStart")!.Value, Day(target, "periodEnd")!.Value);
            var passed = Math.Clamp((raw.AsOf.DayNumber - start.DayNumber + 1) / (double)(end.DayNumber - start.DayNumber + 1), 0, 1);
            figures[$"K41 {id} attainment"] = actual / aim;
            figures[$"K41 {id} pace"] = passed == 0 ? null : actual / (aim * passed);
        }
    }
}
