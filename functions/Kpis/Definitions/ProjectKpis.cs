using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Registry;

namespace FriendCity.Kpis.Definitions;

/// <summary>Projects: what was signed since the baseline, and what is still an intention.</summary>
internal static class ProjectKpis
{
    /// <summary>Stands for the sectors without a column of their own; no record has such an id.</summary>
    private const string Others = "*";

    private const int MostColumns = 11;

    public static readonly Kpi Signed = new("K15", new("Signed agreements and value", "签约项目数与金额"),
        new("Projects signed after the baseline, up to the day; value at the exchange rate of the signing, or the nearest known",
            "基线之后至当日签约的项目；金额按签约日汇率（无则取最近汇率）折算"), "projects", "scope", Better.Higher, "P3", 2, ["projects", "exchange-rates"],
        context => Measures(context, DatedProject.SignedSinceBaseline(context)));

    public static readonly Kpi Pipeline = new("K16", new("Intention pipeline", "意向项目数与金额"),
        new("Projects that are an intention on the day, and their value", "当日仍为意向的项目及其金额"), "projects", "scope", Better.Higher, "P3", 2,
        ["projects", "exchange-rates"],
        context => Measures(context, [.. DatedProject.On(context, context.AsOf).Where(project => project.Signed is null)]));

    public static readonly Kpi ByStatus = new("projects-by-status", new("Projects by status", "各状态项目数"),
        new("Projects signed after the baseline, up to the day, and those that are an intention on the day, by their status on the day",
            "基线之后至当日签约的项目与当日仍为意向的项目，按当日状态计"), "projects", "status", Better.Neutral, "P3", 1, ["projects"],
        context => DatedProject.SignedOrIntended(context).GroupBy(project => project.Status).OrderBy(status => status.Key, StringComparer.Ordinal)
            .Select(status => Figure.Count(DatedProject.Rows([.. status])).By("status", status.Key)));

    public static readonly Kpi BySector = new("projects-by-sector", new("Projects by centre and sector", "各中心各领域项目数"),
        new("Projects signed after the baseline, up to the day, and those that are an intention on the day, by centre and sector; * is "
            + $"those without a sector and, of more than {MostColumns + 1} sectors, all but the {MostColumns} with the most signed projects",
            $"基线之后至当日签约的项目与当日仍为意向的项目，按中心与领域计；* 为未注明领域者，领域多于 {MostColumns + 1} 个时还包括签约最多的 {MostColumns} 个领域之外的全部"),
        "projects", "centreSector", Better.Neutral, "P8,P13", 1, ["projects", "sectors"],
        context =>
        {
            var columns = Columns(context);
            return DatedProject.SignedOrIntended(context)
                .SelectMany(project => new[] { project.Project.SectorId, ColumnOf(columns, project) }.OfType<string>().Distinct()
                    .Select(sector => (Place: $"{project.Project.CentreId}:{sector}", IsIntended: project.Signed is null, Project: project)))
                .GroupBy(each => (each.Place, Measure: each.IsIntended ? "intended" : "signed"), each => each.Project)
                .OrderBy(cell => cell.Key.Place, StringComparer.Ordinal).ThenBy(cell => cell.Key.Measure, StringComparer.Ordinal)
                .Select(cell => Figure.Count(DatedProject.Rows([.. cell])).As(cell.Key.Measure).By("centreSector", cell.Key.Place));
        });

    /// <summary>The sectors that a table shows, those with the most signed projects first, and last what stands for all others.</summary>
    public static IReadOnlyList<string> Columns(KpiContext context)
    {
        var projects = DatedProject.SignedOrIntended(context).ToLookup(project => project.Project.SectorId);
        var sectors = context.Of(Sector.Type).Select(sector => sector.Id).Where(projects.Contains)
            .OrderByDescending(sector => projects[sector].Count(project => project.Signed is not null)).ToList();
        var named = sectors.Count > MostColumns + 1 ? sectors[..MostColumns] : sectors;
        return projects.All(sector => named.Contains(sector.Key!)) ? named : [.. named, Others];
    }

    private static string ColumnOf(IReadOnlyList<string> columns, DatedProject project) =>
        project.Project.SectorId is { } sector && columns.Contains(sector) ? sector : Others;

    private static IEnumerable<Figure> Measures(KpiContext context, IReadOnlyList<DatedProject> projects)
    {
        var (value, unknown) = new Rates(context).Worth(projects);
        return [Figure.Count(DatedProject.Rows(projects)).As("count"), value, Figure.Count(unknown)
            .As("withoutValue") with { Inputs = value.Inputs, Better = Better.Lower }];
    }
}
