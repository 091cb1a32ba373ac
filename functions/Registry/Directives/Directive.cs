using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>What the leadership asked for or looked into, who owns it, when it is due and when it was done.</summary>
public sealed class Directive : Record
{
    public const string Instruction = "directive";
    public const string Inspection = "inspection";
    public const string Task = "task";

    /// <summary>Friendly exchange, advancing projects, developing enterprises.</summary>
    internal static readonly CodeList WorkLines = new(
        ("exchange", "Friendly exchange", "友好交往"), ("projects", "Projects", "项目推进"), ("enterprises", "Enterprises", "企业发展"));

    private static readonly CodeList Kinds = new(
        (Instruction, "Directive", "批示"), (Inspection, "Inspection", "调研督查"), (Task, "Task", "任务"));

    private static readonly Fields<Directive> F = new();

    internal static readonly RecordType<Directive> Type = new("directives", new("Directives and tasks", "批示与任务"), () => new Directive(),
    [
        F.Text("titleEn", "Title (English)", "英文标题", d => d.TitleEn, (d, v) => d.TitleEn = v!, required: true),
        F.Text("titleZh", "Title (Chinese)", "中文标题", d => d.TitleZh, (d, v) => d.TitleZh = v!, required: true),
        F.Code("kind", "Kind", "类型", Kinds, d => d.Kind, (d, v) => d.Kind = v!, required: true),
        F.Date("issuedOn", "Issued on", "下达日期", d => d.IssuedOn, (d, v) => d.IssuedOn = v),
        F.Precision(d => d.DatePrecision, (d, v) => d.DatePrecision = v),
        F.Reference("issuedById", "Issued by", "下达人", "official-roles", d => d.IssuedById, (d, v) => d.IssuedById = v, personal: true),
        F.Reference("ownerId", "Owner", "责任单位", "organisations", d => d.OwnerId, (d, v) => d.OwnerId = v),
        F.Date("dueOn", "Due on", "截止日期", d => d.DueOn, (d, v) => d.DueOn = v),
        F.Date("doneOn", "Done on", "完成日期", d => d.DoneOn, (d, v) => d.DoneOn = v),
        F.Code("workLine", "Work line", "工作线条", WorkLines, d => d.WorkLine, (d, v) => d.WorkLine = v),
        F.Reference("activityId", "Activity", "活动", "activities", d => d.ActivityId, (d, v) => d.ActivityId = v),
        F.Note(d => d.Note, (d, v) => d.Note = v),
    ],
    DatesAreInOrder, TaskHasItsOwner, InspectionTookPlace);

    public string TitleEn { get; private set; } = "";

    public string TitleZh { get; private set; } = "";

    public string Kind { get; private set; } = "";

    public DateOnly? IssuedOn { get; private set; }

    public string? DatePrecision { get; private set; }

    public string? IssuedById { get; private set; }

    public string? OwnerId { get; private set; }

    public DateOnly? DueOn { get; private set; }

    public DateOnly? DoneOn { get; private set; }

    public string? WorkLine { get; private set; }

    public string? ActivityId { get; private set; }

    public string? Note { get; private set; }

    private static void DatesAreInOrder(Directive directive, RegistrySnapshot registry, ValidationContext validation)
    {
        Periods.CheckDays(validation, "/dueOn", directive.IssuedOn, directive.DueOn);
        Periods.CheckDays(validation, "/doneOn", directive.IssuedOn, directive.DoneOn);
    }

    private static void TaskHasItsOwner(Directive directive, RegistrySnapshot registry, ValidationContext validation)
    {
        if (directive.Kind == Task && directive.OwnerId is null)
            validation.Refuse("/ownerId", "owner_required", "A task needs its owner.", "任务必须注明责任单位。");
    }

    private static void InspectionTookPlace(Directive directive, RegistrySnapshot registry, ValidationContext validation)
    {
        if (directive.Kind != Inspection)
            return;
        if (directive.IssuedOn is null && directive.ActivityId is null)
            validation.Refuse("/activityId", "date_required", "An inspection needs its day or its activity.", "调研须注明日期或对应活动。");
        if (registry.Of(Activity.Type).Get(directive.ActivityId) is { Kind: not Activity.Inspection } activity)
            validation.Refuse("/activityId", "activity_kind", $"{activity.Id} is not an inspection.", $"{activity.Id} 不是调研活动。");
    }
}
