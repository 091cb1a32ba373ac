using FriendCity.Records;

namespace FriendCity.Kpis;

/// <summary>Projects: what was signed since the baseline, and what is still an intention.</summary>
internal static class ProjectKpis
{
    public static readonly Kpi Signed = new("K15", new("Signed agreements and value", "签约项目数与金额"),
        new("Projects signed after the baseline, up to the day; value at the exchange rate of the signing, or the nearest known", "基线之后至当日签约的项目;金额按签约日汇率(无则取最近汇率)折算"), "projects", "scope", Better.Higher, "P3", 1, ["projects", "exchange-rates"],
        context => Measures(context, DatedProject.SignedSinceBaseline(context)));

    public static readonly Kpi Pipeline = new("K16", new("Intention pipeline", "意向项目数与金额"),
        new("Projects that are an intention on the day, and their value", "当日仍为意向的项目及其金额"), "projects", "scope", Better.Higher, "P3", 1, ["projects", "exchange-rates"],
        context => Measures(context, DatedProject.On(context, context.AsOf).Where(project => project.Signed is null)));

    private static IEnumerable<Figure> Measures(KpiContext context, IEnumerable<DatedProject> projects)
    {
        var rates = new Rates(context);
        var all = projects.ToList();
        var valued = all.Select(project => (Project: project, Worth: rates.InCny(project))).ToList();
        var known = valued.Where(each => each.Worth is not null).ToList();
        var unknown = valued.Where(each => each.Worth is null).Select(each => each.Project.Row).ToList();

        yield return Figure.Count([.. all.Select(project => project.Row)]).As("count");
        yield return new Figure((double)known.Sum(each => each.Worth!.Value.Amount),
            [.. known.Select(each => each.Project.Row with { Source = Sources.Weakest(each.Project.Row.Source, each.Worth!.Value.Source), Fields = [.. each.Project.Fields, "plannedValue", "currency"] })])
        { Measure = "value", Unit = "CNY", Reason = Missing(unknown.Count) };
        yield return Figure.Count(unknown).As("withoutValue");
    }

    private static Text? Missing(int rows) => rows == 0 ? null : new(
        $"{rows} projects have no value, or no exchange rate for it, and are left out.", $"{rows} 个项目没有金额或缺少汇率,未计入。");
}
