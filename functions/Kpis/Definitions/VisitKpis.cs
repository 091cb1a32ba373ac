using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Registry;

namespace FriendCity.Kpis.Definitions;

/// <summary>Delegations in both directions, and what was promoted through friend cities.</summary>
internal static class VisitKpis
{
    public static readonly Kpi Visits = new("K14", new("High-level visits and reciprocity", "高层互访与对等度"),
        new("Delegations out + delegations in up to the day; reciprocity = the smaller of the two / the larger",
            "截至当日出访团组数 + 来访团组数；对等度 = 二者较小数 / 较大数"), "visits", "scope, city, year", Better.Higher, "P3", 1, ["activities", "cities"],
        context => Breakdown.Of(context, [.. PastActivities.UpTo(context, Activity.DelegationOut, Activity.DelegationIn)], Measures));

    public static readonly Kpi Promotions = new("K37", new("SCODA promotions through friend cities", "示范区推介场次"),
        new("Promotions + economic dialogues up to the day", "截至当日专题推介会 + 经贸合作对话会场次"), "activities", "scope, city, year", Better.Higher, "P3,P4", 1,
        ["activities", "cities"],
        context => Breakdown.Of(context, [.. PastActivities.UpTo(context, Activity.Promotion, Activity.EconomicDialogue)],
            activities => [Figure.Count(PastActivities.Rows(activities))]));

    private static IEnumerable<Figure> Measures(IReadOnlyList<Activity> visits)
    {
        var (outward, inward) = (Rows(visits, Activity.DelegationOut), Rows(visits, Activity.DelegationIn));
        var all = PastActivities.Rows(visits);
        yield return Figure.Count(all).As("visits");
        yield return Figure.Count(outward).As("out");
        yield return Figure.Count(inward).As("in");
        yield return Figure.Ratio(Math.Min(outward.Count, inward.Count), Math.Max(outward.Count, inward.Count), all,
            new("There was no visit up to that day.", "截至该日没有互访。")).As("reciprocity", "ratio");
    }

    private static IReadOnlyList<FigureRow> Rows(IEnumerable<Activity> visits, string kind) =>
        PastActivities.Rows(visits.Where(visit => visit.Kind == kind));
}
