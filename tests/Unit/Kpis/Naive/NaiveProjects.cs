using Newtonsoft.Json.Linq;
using static FriendCity.Tests.Unit.Kpis.Naive.NaiveTies;
using static FriendCity.Tests.Unit.Kpis.Naive.RawRows;

namespace FriendCity.Tests.Unit.Kpis.Naive;

/// <summary>Projects, from the formulas: K15 to K19, K24, K30, K34, K45, and what other figures take from them.</summary>
internal static class NaiveProjects
{
    public sealed record Standing(JObject Row, string Status, DateOnly Since, DateOnly? Signed)
    {
        public bool Live => Status is "SIGNED" or "IN_PROGRESS" or "COMPLETED";

        public string? City => Text(Row, "cityId");
    }

    public static List<Standing> Standings(RawRows raw)
    {
        var standings = new List<Standing>();
        foreach (var row in raw.Of("projects").Where(row => raw.Countries.Contains(Text(row, "countryId")!)))
        {
            var events = List(row, "statusEvents").ToList();
            var known = events.Count == 0
                ? Day(row, "agreementDate") is { } agreed ? [(Status: Text(row, "status")!, Day: agreed)] : []
                : events.Where(raw.Counts).Select(each => (Status: Text(each, "status")!, Day: Day(each, "date")!.Value)).ToList();
            known = [.. known.Where(each => each.Day <= raw.AsOf)];
            if (known.Count > 0)
                standings.Add(new Standing(row, known[^1].Status, known[0].Day, known[^1].Status == "INTENTION"
                    ? null : known.First(each => each.Status != "INTENTION").Day));
        }

        return standings;
    }

    public static void Add(RawRows raw, IDictionary<string, double?> figures)
    {
        var all = Standings(raw);
        var signed = all.Where(each => each.Signed > raw.Baseline).ToList();
        var open = all.Where(each => each.Status == "INTENTION").ToList();
        foreach (var (kpi, projects) in new[] { ("K15", signed), ("K16", open) })
        {
            figures[$"{kpi} count"] = projects.Count;
            figures[$"{kpi} value"] = projects.Sum(each => Worth(raw, each) ?? 0);
            figures[$"{kpi} withoutValue"] = projects.Count(each => Worth(raw, each) is null);
        }

        figures["K17"] = Over(signed.Count, signed.Count + open.Count);
        figures["K18"] = Over(signed.Count(each => each.Live), signed.Count);
        figures["K19"] = all.Count(each => each.Status == "STALLED"
            || (each.Status is "SIGNED" or "IN_PROGRESS" && LastUpdate(raw, each.Row)?.DayNumber < raw.AsOf.DayNumber - 180));
        var centres = raw.Of("centres").Select(row => Text(row, "id")!).ToList();
        foreach (var centre in centres)
            Centre(raw, figures, centre, [.. signed.Where(each => Text(each.Row, "centreId") == centre)]);
        figures["K24 withoutCentre"] = signed.Count(each => !centres.Contains(Text(each.Row, "centreId")!));
        Cities(raw, figures, all);
    }

    private static void Centre(RawRows raw, IDictionary<string, double?> figures, string centre, List<Standing> signed)
    {
        var started = signed.Count(each => Day(each.Row, "startDate") <= raw.AsOf);
        figures[$"K24 {centre} signed"] = signed.Count;
        figures[$"K24 {centre} started"] = started;
        figures[$"K24 {centre} completed"] = signed.Count(each => each.Status == "COMPLETED");
        figures[$"K24 {centre} value"] = signed.Sum(each => Worth(raw, each) ?? 0);
        figures[$"K24 {centre} signedIn12Months"] = signed.Count(each => each.Signed > raw.AsOf.AddMonths(-12));
        figures[$"K24 {centre} startedShare"] = Over(started, signed.Count);
    }

    private static void Cities(RawRows raw, IDictionary<string, double?> figures, List<Standing> all)
    {
        var held = raw.Of("activities").Where(row => Day(row, "date") <= raw.AsOf).ToList();
        var recent = held.Where(row => Day(row, "date") > raw.AsOf.AddMonths(-24) && Text(row, "sectorId") is not null).ToList();
        int Sectors(Func<Standing, bool> ofProjects, Func<JObject, bool> ofActivities) =>
            all.Where(each => each.Live && ofProjects(each)).Select(each => Text(each.Row, "sectorId"))
                .Concat(recent.Where(ofActivities).Select(row => Text(row, "sectorId"))).Distinct().Count();

        figures["K30"] = Sectors(_ => true, row => NaiveActivities.InScope(raw, row));
        foreach (var (city, tie) in Ties(raw, raw.AsOf))
        {
            figures[$"K30 {city}"] = Sectors(each => each.City == city, row => Ids(row, "cityIds").Contains(city));
            var live = all.Count(each => each.Live && each.City == city);
            var activities = held.Count(row => Day(row, "date") > raw.AsOf.AddMonths(-12) && Ids(row, "cityIds").Contains(city));
            figures[$"K45 {city}"] = (40 * (tie.Stage + 1) / 3.0) + (30 * Math.Min(1, live / 3.0)) + (30 * Math.Min(1, activities / 4.0));
        }

        var policies = raw.Of("policy-profiles").Where(row => (bool?)row["approved"] == true && raw.Holds(row, "approvedOn", "expiresOn")
            && raw.CityInScope(Text(row, "cityId")))
            .GroupBy(row => Text(row, "cityId")).Select(versions => versions.MaxBy(row => Number(row, "profileVersion"))!).ToList();
        figures["K34"] = Over(policies.Count(
            policy => all.Exists(each => each.Live && each.City == Text(policy, "cityId") && Text(policy, "leadCentreId") is { } lead
            && Text(each.Row, "centreId") == lead)), policies.Count);
    }

    private static double? Worth(RawRows raw, Standing project)
    {
        if (Number(project.Row, "plannedValue") is not { } value || Text(project.Row, "currency") is not { } currency)
            return null;
        if (currency == "CNY")
            return value;
        var rates = raw.Of("exchange-rates").Where(row => Text(row, "currency") == currency).OrderBy(row => Day(row, "date")).ToList();
        var rate = rates.LastOrDefault(row => Day(row, "date") <= (project.Signed ?? project.Since)) ?? rates.FirstOrDefault();
        return rate is null ? null : value * Number(rate, "rateToCny");
    }

    private static DateOnly? LastUpdate(RawRows raw, JObject row) =>
        List(row, "statusEvents").Concat(List(row, "outcomes")).Where(each => raw.Counts(each) && Day(each, "date") <= raw.AsOf)
            .Max(each => Day(each, "date"));
}
