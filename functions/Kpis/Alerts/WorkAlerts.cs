using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Facts;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis.Alerts;

/// <summary>Work that stands still, falls behind, or falls due.</summary>
internal static class WorkAlerts
{
    private const double StartedShare = 0.5;

    public static readonly AlertRule Stalled = new("stalled_project", "K19", new("Stalled project", "停滞项目"), context =>
    {
        var figures = CentreKpis.Stalled.Figures(context);
        var stalled = figures.SelectMany(figure => figure.Items ?? []).ToHashSet();
        var projects = DatedProject.On(context, context.AsOf).Where(project => stalled.Contains(project.Project.Id))
            .ToDictionary(project => project.Project.Id);
        return figures.SelectMany(figure => figure.Rows).Select(row =>
        {
            var project = projects[row.Record.Id];
            var last = project.Project.StatusEvents.Where(each => each.Day <= context.AsOf && context.Counts(each)).Max(each => each.Date);
            return project.Status == ProjectStatus.Stalled
                ? new Alert(Severity.Critical, last, new($"{project.Project.NameEn} is stalled.", $"项目“{project.Project.NameZh}”已停滞。"), [row])
                : new Alert(Severity.Warning, CentreKpis.LastUpdate(context, project)?.PlusDays(CentreKpis.SilentDays + 1),
                    new($"{project.Project.NameEn} has had no update for half a year.", $"项目“{project.Project.NameZh}”已半年没有进展更新。"), [row]);
        });
    });

    public static readonly AlertRule Centre = new("centre_without_starts", "K24", new("Centre without starts", "中心缺少启动项目"), context =>
        from figures in CentreKpis.Support.Figures(context).Where(figure => figure.Dimension is not null)
            .GroupBy(figure => figure.Dimension!.Value.Value)
        let centre = context.Get(Registry.Centre.Type, figures.Key)
        where centre is not null
        let signed = Measure(figures, "signed")
        let started = Measure(figures, "started")
        let recent = Measure(figures, "signedIn12Months")
        where started.Value < StartedShare * signed.Value || recent.Value == 0
        select new Alert(started.Value == 0 ? Severity.Critical : Severity.Warning, null,
            new($"{centre.NameEn}: projects signed {signed.Value}, started {started.Value}, signed in the last 12 months {recent.Value}.",
                $"{centre.NameZh}：签约 {signed.Value} 个，启动 {started.Value} 个，近 12 个月新签 {recent.Value} 个。"),
            [new FigureRow("centres", centre, centre.Source, ["nameEn", "nameZh"]),
                .. signed.Rows.Where(row => started.Rows.All(start => start.Record != row.Record))]));

    public static readonly AlertRule Mechanism = new("mechanism_behind_target", "K25", new("Mechanism behind its target", "机制未达年度目标"), context =>
        from figure in MechanismKpis.Regularity.Figures(context)
        where figure is { Measure: "regularity", Value: < 1 }
        let mechanism = context.Get(Registry.Mechanism.Type, figure.Dimension?.Value)
        where mechanism is not null
        select new Alert(figure.Value == 0 ? Severity.Critical : Severity.Warning, PastActivities.UpTo(context)
            .Where(activity => activity.MechanismId == mechanism.Id).Max(activity => activity.Date) ?? mechanism.FirstDate,
            new($"{mechanism.NameEn}: events held in 12 months {figure.Numerator}, planned {figure.Denominator}.",
                $"{mechanism.NameZh}：年度目标 {figure.Denominator} 场，近 12 个月举办 {figure.Numerator} 场。"), [.. figure.Rows]));

    public static readonly AlertRule Agreement = new("agreement_due", "K39", new("Agreement due", "协议到期或应复审"), context =>
        from figure in AgreementKpis.Due.Figures(context)
        where figure.Measure is "soon" or "overdue" or "missing"
        from row in figure.Rows
        let agreement = (Registry.Agreement)row.Record
        let due = Earlier(agreement.End, agreement.ReviewOn)
        select figure.Measure switch
        {
            "overdue" => new Alert(Severity.Critical, Later(due?.PlusDays(1), agreement.SignedOn),
                new($"{agreement.TitleEn} was due on {AlertRules.Day(due!.Value)}.", $"《{agreement.TitleZh}》已于 {AlertRules.Day(due.Value)} 到期或应复审。"),
                [row]),
            "soon" => new Alert(Severity.Warning, Later(due?.PlusDays(-AgreementKpis.SoonDays), agreement.SignedOn),
                new($"{agreement.TitleEn} falls due on {AlertRules.Day(due!.Value)}.",
                $"《{agreement.TitleZh}》将于 {AlertRules.Day(due.Value)} 到期或应复审。"), [row]),
            _ => new Alert(Severity.Info, agreement.SignedOn,
                new($"{agreement.TitleEn} has neither a term nor a day of review.", $"《{agreement.TitleZh}》没有期限，也没有复审日期。"), [row]),
        });

    public static readonly AlertRule Target = new("target_behind", "K41", new("Target behind pace", "目标进度落后"), context =>
        from figure in TargetKpis.Attainment.Figures(context)
        where figure is { Measure: "pace", Value: < 1 }
        let target = (Registry.Target)figure.Rows[0].Record
        let severity = figure.Value < StartedShare ? Severity.Critical : Severity.Warning
        select target.PeriodEnd < context.AsOf ? Ended(target, figure) : new Alert(severity, target.PeriodStart,
            new($"{Name(target).En} stands at {Percent(figure.Value)} of what the pace to {target.TargetValue} by "
                + $"{AlertRules.Day(target.PeriodEnd!.Value)} asks for.",
                $"{Name(target).Zh}为实现 {AlertRules.Day(target.PeriodEnd.Value)} 目标值 {target.TargetValue} 所需进度的 {Percent(figure.Value)}。"),
                    [figure.Rows[0]]));

    /// <summary>Nobody can act on a period that is over: what was last known of it is told, and that it ended.</summary>
    private static Alert Ended(Registry.Target target, Figure figure)
    {
        var (end, last) = (AlertRules.Day(target.PeriodEnd!.Value), FormattableString.Invariant($"{figure.Numerator:0.###}"));
        return new(Severity.Info, target.PeriodEnd.Value.PlusDays(1),
            new($"The period of the target for \"{Name(target).En}\" ended on {end}; the last value known is {last} of {target.TargetValue}.",
                $"“{Name(target).Zh}”的目标期已于 {end} 结束；最近已知值为 {last}，目标值 {target.TargetValue}。"), [figure.Rows[0]]);
    }

    private static Text Name(Registry.Target target) => KpiCatalogue.Find(target.KpiId)?.Name ?? new(target.KpiId, target.KpiId);

    private static Figure Measure(IEnumerable<Figure> figures, string measure) => figures.First(figure => figure.Measure == measure);

    private static DateOnly? Earlier(DateOnly? one, DateOnly? other) => one is null || other < one ? other : one;

    private static DateOnly? Later(DateOnly? one, DateOnly? other) => one > other ? one : other;

    private static string Percent(double? share) => FormattableString.Invariant($"{100 * share:0.#} %");
}
