using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>What a figure is to reach by the end of a period.</summary>
public sealed class Target : Record
{
    public const string Numerator = "numerator";

    private static readonly Fields<Target> F = new();

    private static readonly CodeList Statuses = new(("official", "Official", "正式"), ("proposed", "Proposed", "建议"));

    private static readonly CodeList Parts = new((Numerator, "Numerator", "分子"));

    internal static readonly RecordType<Target> Type = new("targets", new("Targets", "目标"), () => new Target(),
    [
        F.Text("kpiId", "Figure", "指标", t => t.KpiId, (t, v) => t.KpiId = v!, required: true, max: 3),
        F.Text("dimension", "Dimension or measure (none: the whole)", "维度或度量（空：总体）", t => t.Dimension, (t, v) => t.Dimension = v),
        F.Code("part", "Part of a ratio (none: its value)", "比率的部分（空：数值）", Parts, t => t.Part, (t, v) => t.Part = v),
        F.Reference("milestoneId", "Plan period", "规划期", "milestones", t => t.MilestoneId, (t, v) => t.MilestoneId = v),
        F.Date("periodStart", "First day", "起始日期", t => t.PeriodStart, (t, v) => t.PeriodStart = v),
        F.Date("periodEnd", "Last day", "截止日期", t => t.PeriodEnd, (t, v) => t.PeriodEnd = v, required: true),
        F.Money("targetValue", "Target", "目标值", t => t.TargetValue, (t, v) => t.TargetValue = v, required: true, unit: Units.InUnit),
        F.Text("unit", "Unit", "单位", t => t.Unit, (t, v) => t.Unit = v),
        F.Code("status", "Status", "状态", Statuses, t => t.Status, (t, v) => t.Status = v!, required: true),
        F.Note(t => t.Note, (t, v) => t.Note = v),
    ],
    NamesAFigure, PeriodIsInOrder);

    public string KpiId { get; private set; } = "";

    public string? Dimension { get; private set; }

    /// <summary>What is aimed at when a KPI is a ratio and the target a count, such as 12 of a network's nodes.</summary>
    public string? Part { get; private set; }

    public string? MilestoneId { get; private set; }

    public DateOnly? PeriodStart { get; private set; }

    public DateOnly? PeriodEnd { get; private set; }

    public decimal? TargetValue { get; private set; }

    public string? Unit { get; private set; }

    public string Status { get; private set; } = "";

    public string? Note { get; private set; }

    private static void NamesAFigure(Target target, RegistrySnapshot registry, ValidationContext validation)
    {
        if (target.KpiId is not ['K', >= '0' and <= '9', >= '0' and <= '9'])
            validation.Refuse("/kpiId", "kpi_id", "A figure is named by K and two digits.", "指标以 K 加两位数字表示。");
    }

    private static void PeriodIsInOrder(Target target, RegistrySnapshot registry, ValidationContext validation)
    {
        Periods.CheckDays(validation, "/periodEnd", target.PeriodStart, target.PeriodEnd);
        if (registry.Of(Milestone.Type).Get(target.MilestoneId) is { Kind: not Milestone.PlanPeriod })
            validation.Refuse("/milestoneId", "milestone_kind", "The milestone is not a plan period.", "该节点不是规划期。");
    }
}
