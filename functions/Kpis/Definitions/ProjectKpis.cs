using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;

namespace FriendCity.Kpis.Definitions;

/// <summary>Projects: what was signed since the baseline, and what is still an intention.</summary>
internal static class ProjectKpis
{
    public static readonly Kpi Signed = new("K15", new("Signed agreements and value", "签约项目数与金额"),
        new("Projects signed after the baseline, up to the day; value at the exchange rate of the signing, or the nearest known",
            "基线之后至当日签约的项目；金额按签约日汇率（无则取最近汇率）折算"), "projects", "scope", Better.Higher, "P3", 2, ["projects", "exchange-rates"],
        context => Measures(context, DatedProject.SignedSinceBaseline(context)));

    public static readonly Kpi Pipeline = new("K16", new("Intention pipeline", "意向项目数与金额"),
        new("Projects that are an intention on the day, and their value", "当日仍为意向的项目及其金额"), "projects", "scope", Better.Higher, "P3", 2,
        ["projects", "exchange-rates"],
        context => Measures(context, [.. DatedProject.On(context, context.AsOf).Where(project => project.Signed is null)]));

    private static IEnumerable<Figure> Measures(KpiContext context, IReadOnlyList<DatedProject> projects)
    {
        var (value, unknown) = new Rates(context).Worth(projects);
        return [Figure.Count(DatedProject.Rows(projects)).As("count"), value, Figure.Count(unknown)
            .As("withoutValue") with { Inputs = value.Inputs, Better = Better.Lower }];
    }
}
