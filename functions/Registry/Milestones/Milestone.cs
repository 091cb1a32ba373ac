using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A day or period that figures are compared with or leaders are reminded of.</summary>
public sealed class Milestone : Record
{
    public const string PlanPeriod = "plan_period";

    private static readonly Fields<Milestone> F = new();

    private static readonly CodeList Kinds = new(
        ("event", "Event", "事件"), ("founding", "Founding", "成立"), ("anniversary", "Anniversary", "周年"), (PlanPeriod, "Plan period", "规划期"));

    internal static readonly RecordType<Milestone> Type = new("milestones", new("Milestones", "重要节点"), () => new Milestone(),
    [
        F.Text("nameEn", "Name (English)", "英文名称", m => m.NameEn, (m, v) => m.NameEn = v!, required: true),
        F.Text("nameZh", "Name (Chinese)", "中文名称", m => m.NameZh, (m, v) => m.NameZh = v!, required: true),
        F.Code("kind", "Kind", "类型", Kinds, m => m.Kind, (m, v) => m.Kind = v!, required: true),
        F.Date("date", "Date, or first day", "日期（或首日）", m => m.Date, (m, v) => m.Date = v, required: true),
        F.Precision(m => m.DatePrecision, (m, v) => m.DatePrecision = v),
        F.Date("endDate", "Last day", "末日", m => m.EndDate, (m, v) => m.EndDate = v),
        F.Flag("isBaseline", "Baseline of growth", "增幅基线", m => m.IsBaseline, (m, v) => m.IsBaseline = v),
        F.Text("articleParagraph", "Paragraph in the article", "文章段落", m => m.ArticleParagraph, (m, v) => m.ArticleParagraph = v),
        F.Note(m => m.Note, (m, v) => m.Note = v),
    ],
    LastsForward);

    public string NameEn { get; private set; } = "";

    public string NameZh { get; private set; } = "";

    public string Kind { get; private set; } = "";

    public DateOnly? Date { get; private set; }

    public string? DatePrecision { get; private set; }

    public DateOnly? EndDate { get; private set; }

    public bool? IsBaseline { get; private set; }

    public string? ArticleParagraph { get; private set; }

    public string? Note { get; private set; }

    private static void LastsForward(Milestone milestone, RegistrySnapshot registry, ValidationContext validation)
    {
        Periods.CheckDays(validation, "/endDate", milestone.Date, milestone.EndDate);
        if (milestone.Kind == PlanPeriod && milestone.EndDate is null)
            validation.Refuse("/endDate", "date_required", "A plan period needs its last day.", "规划期必须注明末日。");
    }
}
