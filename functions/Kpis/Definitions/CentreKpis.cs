using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis.Definitions;

/// <summary>Whether what was signed moves, and which of the "4+1" centres it serves.</summary>
internal static class CentreKpis
{
    /// <summary>So long may a project under way go without news.</summary>
    public const int SilentDays = 180;
    private const int Months = 12;

    public static readonly Kpi Stalled = new("K19", new("Stalled projects", "停滞项目"),
        new("Projects that are stalled on the day, or signed and unfinished with no dated status or outcome for more than 180 days; a project "
            + "without any dated update is not judged by that", "当日处于停滞状态，或已签约未完成且超过 180 天无状态变更或成效记录的项目；没有任何更新日期的项目不按后者判断"),
        "projects", "scope", Better.Lower, "P8", 1, ["projects"],
        context =>
        {
            var projects = DatedProject.On(context, context.AsOf);
            var stalled = projects.Where(project => project.Status == ProjectStatus.Stalled
                || (IsUnderWay(project) && LastUpdate(context, project) < context.AsOf.PlusDays(-SilentDays))).ToList();
            var silent = projects.Count(project => IsUnderWay(project) && LastUpdate(context, project) is null);
            return
            [
                Figure.Count(DatedProject.Rows(stalled)) with
                {
                    Items = [.. stalled.Select(project => project.Project.Id)],
                    Reason = silent == 0 ? null : new($"Projects under way without a dated update, judged by their status alone: {silent}.",
                        $"{silent} 个在行项目没有更新日期，仅按状态判断。"),
                },
            ];
        });

    public static readonly Kpi Support = new("K24", new("4+1 centre support", "“4+1”中心支撑度"),
        new("Projects signed after the baseline for the centre: how many, how many were started by the day, completed, their value, how many were "
            + "signed in the last 12 months, and started / signed", "基线后各中心签约项目：数量、截至当日已启动数、已完成数、金额、近 12 个月签约数、启动数 / 签约数"),
        "projects", "centre", Better.Higher, "P8,P13", 2, ["projects", "centres", "exchange-rates"],
        context =>
        {
            var (centres, rates) = (context.Of(Centre.Type), new Rates(context));
            var signed = DatedProject.SignedSinceBaseline(context)
                .ToLookup(project => centres.Any(centre => centre.Id == project.Project.CentreId) ? project.Project.CentreId : null);
            return
            [
                .. centres.SelectMany(centre => Measures(context, rates, [.. signed[centre.Id]])
                    .Select(figure => figure.By("centre", centre.Id).RestingOn(Row(centre)))),
                Figure.Count(DatedProject.Rows([.. signed[null]])).As("withoutCentre").RestingOn(centres.Select(Row)) with { Better = Better.Lower },
            ];
        });

    private static IEnumerable<Figure> Measures(KpiContext context, Rates rates, IReadOnlyList<DatedProject> signed)
    {
        var started = signed.Where(project => project.Project.StartDate <= context.AsOf).ToList();
        var all = DatedProject.Rows(signed);
        yield return Figure.Count(all).As("signed");
        yield return Figure.Count(new MappedList<DatedProject, FigureRow>(started, Started)).As("started");
        yield return Figure.Count(DatedProject.Rows([.. signed.Where(project => project.Status == ProjectStatus.Completed)])).As("completed");
        yield return rates.Worth(signed).Value;
        yield return Figure.Count(DatedProject.Rows([.. signed.Where(project => project.Signed > context.AsOf.PlusMonths(-Months))]))
            .As("signedIn12Months");
        yield return Figure.Ratio(started.Count, signed.Count, all, new("Nothing was signed for the centre.", "该中心没有签约项目。"))
            .As("startedShare", "ratio");
    }

    private static bool IsUnderWay(DatedProject project) => project.Status is ProjectStatus.Signed or ProjectStatus.InProgress;

    /// <summary>The last day on which there was news of the project; null where none is dated.</summary>
    public static DateOnly? LastUpdate(KpiContext context, DatedProject project)
    {
        DateOnly? last = null;
        foreach (var each in project.Project.StatusEvents)
            if (each.Day <= context.AsOf && context.Counts(each) && !(last >= each.Day))
                last = each.Day;
        foreach (var outcome in project.Project.Outcomes)
            if (outcome.Date <= context.AsOf && context.Counts(outcome) && !(last >= outcome.Date))
                last = outcome.Date;
        return last;
    }

    private static FigureRow Row(Centre centre) => new("centres", centre, centre.Source, ["nameEn", "nameZh"]);

    private static FigureRow Started(DatedProject project) => project.Row with { Fields = [.. project.Fields, "startDate"] };
}
