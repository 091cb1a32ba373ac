using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis;

/// <summary>How far the figures are on the way to what was planned.</summary>
internal static class TargetKpis
{
    public static readonly Kpi Attainment = new("K41", new("Target against actual", "目标达成与进度"),
        new("Attainment = actual / target; pace = actual / (target × the share of the period that has passed, both end days included)", "达成率 = 实际值 / 目标值;进度 = 实际值 /(目标值 × 已过期间占比,首末两日均计入)"),
        "ratio", "target", Better.Higher, "P6,P10,P13", 1, ["targets", "milestones"],
        context => context.Of(Target.Type).SelectMany(target => Measures(context, target).Select(figure => figure.By("target", target.Id) with { Items = [target.KpiId] })));

    private static Figure[] Measures(KpiContext context, Target target)
    {
        var actual = Actual(context, target);
        var aim = Numeral.Nearest(target.TargetValue!.Value);
        IReadOnlyList<FigureRow> rows = [new FigureRow("targets", target, target.Source, ["kpiId", "dimension", "part", "periodStart", "periodEnd", "targetValue"]), .. actual.Rows];
        if (actual.Value is not { } value)
            return [new Figure(null, rows) { Measure = "attainment", Reason = actual.Reason, Denominator = aim }, new Figure(null, rows) { Measure = "pace", Reason = actual.Reason }];

        var pace = Elapsed(context, target) is { } elapsed
            ? Figure.Ratio(value, aim * elapsed, rows, new("The period has not begun on that day, or the target is 0.", "该日期间尚未开始,或目标为 0。"))
            : new Figure(null, rows) { Reason = new("The target has no first day.", "该目标没有起始日期。") };
        return [Figure.Ratio(value, aim, rows, new("The target is 0.", "目标为 0。")).As("attainment") with { Reason = aim == 0 ? new("The target is 0.", "目标为 0。") : actual.Reason }, pace.As("pace")];
    }

    /// <summary>What the target is about: the figure of that dimension, measure or <c>dimension/measure</c>, or else the KPI's whole.</summary>
    private static Figure Actual(KpiContext context, Target target)
    {
        if (target.KpiId == Attainment.Id || KpiCatalogue.Find(target.KpiId) is not { } kpi)
            return Figure.Unknown(new($"{target.KpiId} is not a figure that can have a target.", $"{target.KpiId} 不是可设目标的指标。"));

        var figures = kpi.Figures(context).Where(figure => string.Join('/', new[] { figure.Dimension?.Value, figure.Measure }.OfType<string>()) == (target.Dimension ?? "")).ToList();
        if (figures.Count != 1)
            return Figure.Unknown(new($"The target does not say which part of {target.KpiId} it is about.", $"目标未说明所指 {target.KpiId} 的部分。"));
        return target.Part == Target.Numerator ? figures[0] with { Value = figures[0].Numerator } : figures[0];
    }

    private static double? Elapsed(KpiContext context, Target target)
    {
        if ((target.PeriodStart ?? context.View.Of(Milestone.Type).Get(target.MilestoneId)?.Date) is not { } start)
            return null;
        var end = target.PeriodEnd!.Value;
        return Math.Clamp((context.AsOf.DayNumber - start.DayNumber + 1.0) / (end.DayNumber - start.DayNumber + 1.0), 0, 1);
    }
}
