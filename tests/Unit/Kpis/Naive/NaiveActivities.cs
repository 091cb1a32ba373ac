using System.Globalization;
using Newtonsoft.Json.Linq;
using static FriendCity.Tests.Unit.Kpis.Naive.NaiveTies;
using static FriendCity.Tests.Unit.Kpis.Naive.RawRows;

namespace FriendCity.Tests.Unit.Kpis.Naive;

/// <summary>Activities, mechanisms and platforms, from the formulas: K14, K25 to K29, K35 to K37.</summary>
internal static class NaiveActivities
{
    public static bool InScope(RawRows raw, JObject activity) =>
        Ids(activity, "countryIds") is var countries && (countries.Count == 0 || countries.Exists(raw.Countries.Contains));

    public static void Add(RawRows raw, IDictionary<string, double?> figures)
    {
        var all = raw.Of("activities").Where(row => Day(row, "date") <= raw.AsOf && InScope(raw, row)).ToList();
        figures["K35"] = Typed(all, "DONATION").SelectMany(row => Ids(row, "cityIds")).Distinct().Count();
        figures["K36"] = Typed(all, "ENVOY_VIDEO_LINK").Count;
        foreach (var (part, rows) in Parts(raw, Typed(all, "PROMOTION", "ECON_DIALOGUE")))
            figures[$"K37{part}"] = rows.Count;
        foreach (var (part, rows) in Parts(raw, Typed(all, "DELEGATION_OUT", "DELEGATION_IN")))
        {
            var (outward, inward) = (Typed(rows, "DELEGATION_OUT").Count, Typed(rows, "DELEGATION_IN").Count);
            (figures[$"K14{part} out"], figures[$"K14{part} in"], figures[$"K14{part} visits"]) = (outward, inward, outward + inward);
            figures[$"K14{part} reciprocity"] = Over(Math.Min(outward, inward), Math.Max(outward, inward));
        }

        bool Framed(JObject row) => Text(row, "mechanismId") is not null || Ids(row, "countryIds").Distinct().Count(raw.Countries.Contains) > 1;
        figures["K26"] = Over(all.Count(Framed), all.Count);
        foreach (var year in all.GroupBy(row => Day(row, "date")!.Value.Year))
            figures[$"K26 {year.Key.ToString(CultureInfo.InvariantCulture)}"] = Over(year.Count(Framed), year.Count());
        Mechanisms(raw, figures, all);
        Platforms(raw, figures);
    }

    /// <summary>The whole, each city in scope, each year.</summary>
    private static IEnumerable<(string Part, List<JObject> Rows)> Parts(RawRows raw, List<JObject> rows) =>
    [
        ("", rows),
        .. rows.SelectMany(row => Ids(row, "cityIds")).Where(raw.CityInScope).Distinct()
            .Select(city => ($" {city}", rows.Where(row => Ids(row, "cityIds").Contains(city)).ToList())),
        .. rows.Select(row => Day(row, "date")!.Value.Year).Distinct()
            .Select(year => ($" {year.ToString(CultureInfo.InvariantCulture)}", rows.Where(row => Day(row, "date")!.Value.Year == year).ToList())),
    ];

    private static void Mechanisms(RawRows raw, IDictionary<string, double?> figures, List<JObject> all)
    {
        foreach (var mechanism in raw.Of("mechanisms"))
        {
            var id = Text(mechanism, "id");
            var days = all.Where(row => Text(row, "mechanismId") == id).Select(row => Day(row, "date")!.Value).Order().ToList();
            figures[$"K25 {id} regularity"] = Number(mechanism, "targetPerYear") is { } target
                ? Over(days.Count(day => day > raw.AsOf.AddMonths(-12)), target) : null;
            double? longest = null;
            for (var i = 0; i < days.Count; i++)
                longest = Math.Max(longest ?? 0, (i + 1 < days.Count ? days[i + 1] : raw.AsOf).DayNumber - days[i].DayNumber);
            figures[$"K25 {id} longestGap"] = longest;
        }
    }

    private static void Platforms(RawRows raw, IDictionary<string, double?> figures)
    {
        var circle = Ties(raw, raw.AsOf).Keys;
        var platforms = raw.Of("platforms").Where(row => (bool?)row["embeddingCalledFor"] == true).ToList();
        var (pairs, fresh) = (0, 0);
        foreach (var platform in platforms)
        {
            var elements = List(platform, "embeddings").Where(each => raw.Counts(each) && raw.Holds(each, "since", "until")).ToList();
            pairs += elements.Select(each => Text(each, "cityId")!).Distinct().Count(circle.Contains);
            elements = [.. elements.Where(each => raw.CityInScope(Text(each, "cityId")))];
            figures[$"K28 {Text(platform, "id")}"] = elements.Count;
            fresh += elements.Exists(each => new[] { Day(each, "since"), Day(each, "renewedOn") }.Any(day => day?.Year == raw.AsOf.Year
                && day <= raw.AsOf)) ? 1 : 0;
        }

        figures["K27"] = Over(pairs, platforms.Count * circle.Count);
        figures["K29"] = Over(fresh, platforms.Count);
    }

    private static List<JObject> Typed(List<JObject> rows, params string[] types) => [.. rows.Where(row => types.Contains(Text(row, "type")))];
}
