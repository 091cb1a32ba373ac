using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Registry;
using FriendCity.Serialization;

namespace FriendCity.Kpis.Definitions;

/// <summary>How far the figures are on the way to what was planned.</summary>
internal static class TargetKpis
{
    public static readonly Kpi Attainment = new("K41", new("Target against actual", "目标达成与进度"),
        new("Attainment = actual / target; pace = actual / (target × the share of the period that has passed, both end days included). Where less is "
            + "better: 1 when the target is reached, else target / actual; "
            + "pace is the same against what is planned for the day, on a straight line from the value on the period's first day to the target",
            "达成率 = 实际值 / 目标值；进度 = 实际值 /（目标值 × 已过期间占比，首末两日均计入）。越低越好的指标：已达目标为 1，否则为目标值 / 实际值；进度以当日计划值代替目标值，计划值由期初值按直线降至目标值"),
        "ratio", "target", Better.Higher, "P6,P10,P13", 2, ["targets", "milestones"],
        context => context.Of(Target.Type).SelectMany(target => Measures(context, target)
            .Select(figure => figure.By("target", target.Id) with { Items = [target.KpiId] })),
        Scoped: false);

    private static Figure[] Measures(KpiContext context, Target target)
    {
        var (actual, better) = Actual(context, target);
        var aim = Numeral.Nearest(target.TargetValue!.Value);
        var milestone = target.PeriodStart is null ? context.Get(Milestone.Type, target.MilestoneId) : null;
        IReadOnlyList<FigureRow> rows = [new FigureRow("targets", target, target.Source,
            ["kpiId", "dimension", "part", "periodStart", "periodEnd", "targetValue"]), .. actual.Rows];
        IReadOnlyList<FigureRow> inputs = [.. actual.Inputs, .. actual.Places,
            .. milestone is null ? [] : new[] { new FigureRow("milestones", milestone, milestone.Source, ["date"]) }];
        Figure Told(string measure, double? told, double? planned, Text? reason, IReadOnlyList<FigureRow>? more = null) => new Figure(told, rows)
        {
            Measure = measure,
            Numerator = actual.Value,
            Denominator = planned,
            Reason = told is null ? reason : actual.Reason,
            Scope = actual.Scope,
        }.RestingOn([.. inputs, .. more ?? []]);
        if (actual.Value is not { } value)
            return [Told("attainment", null, aim, actual.Reason), Told("pace", null, null, actual.Reason)];
        var attainment = Told("attainment", Share(value, aim, better), aim, new("The target is 0.", "目标为 0。"));
        if ((target.PeriodStart ?? milestone?.Date) is not { } start)
            return [attainment, Told("pace", null, null, new("The target has no first day.", "该目标没有起始日期。"))];
        if (context.AsOf < start)
            return [attainment, Told("pace", null, null, new("The period has not begun on that day.", "该日期间尚未开始。"))];
        // A milestone may have been moved behind the last day since.
        var elapsed = Math.Min(1, (context.AsOf.DayNumber - start.DayNumber + 1.0) / Math.Max(1,
            target.PeriodEnd!.Value.DayNumber - start.DayNumber + 1));
        if (better != Better.Lower)
            return [attainment, Told("pace", Share(value, aim * elapsed, better), aim * elapsed, new("The target is 0.", "目标为 0。"))];
        var first = Actual(context.On(start), target).Figure;
        var planned = first.Value > aim ? first.Value.Value + ((aim - first.Value.Value) * elapsed) : aim;
        return [attainment, Told("pace", Share(value, planned, better), planned, null, first.Behind)];
    }

    /// <summary>How much of a plan is reached; null where more is better than a plan of 0.</summary>
    private static double? Share(double actual, double planned, Better better) =>
        better == Better.Lower ? (actual <= planned ? 1 : planned / actual) : planned == 0 ? null : actual / planned;

    /// <summary>What the target is about: the figure of that dimension, measure or <c>dimension/measure</c>, or else the KPI's whole.</summary>
    private static (Figure Figure, Better Better) Actual(KpiContext context, Target target)
    {
        if (target.KpiId == Attainment.Id || KpiCatalogue.Find(target.KpiId) is not { } kpi)
            return (Figure.Unknown(new($"{target.KpiId} is not a figure that can have a target.", $"{target.KpiId} 不是可设目标的指标。")), Better.Neutral);
        var figures = kpi.Figures(context).Where(figure => string.Join('/',
            new[] { figure.Dimension?.Value, figure.Measure }.OfType<string>()) == (target.Dimension ?? "")).ToList();
        if (figures.Count != 1)
            return (Figure.Unknown(new($"The target does not say which part of {target.KpiId} it is about.", $"目标未说明所指 {target.KpiId} 的部分。")),
                kpi.Better);
        return (target.Part == Target.Numerator ? figures[0] with { Value = figures[0].Numerator } : figures[0], figures[0].Better ?? kpi.Better);
    }
}
