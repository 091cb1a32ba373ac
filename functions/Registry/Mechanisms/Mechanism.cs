using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A brand, festival or regular event under which activities take place.</summary>
public sealed class Mechanism : Record
{
    private static readonly Fields<Mechanism> F = new();

    internal static readonly RecordType<Mechanism> Type = new("mechanisms", new("Mechanisms", "机制与品牌"), () => new Mechanism(),
    [
        F.Text("nameEn", "Name (English)", "英文名称", m => m.NameEn, (m, v) => m.NameEn = v!, required: true),
        F.Text("nameZh", "Name (Chinese)", "中文名称", m => m.NameZh, (m, v) => m.NameZh = v!, required: true),
        F.Text("kind", "Kind", "类型", m => m.Kind, (m, v) => m.Kind = v),
        F.Integer("targetPerYear", "Events planned a year", "年度目标场次", m => m.TargetPerYear, (m, v) => m.TargetPerYear = v, max: 366,
            unit: Units.EventsPerYear),
        F.Date("firstDate", "First held on", "首次举办日期", m => m.FirstDate, (m, v) => m.FirstDate = v),
        F.Integer("maturity", "Maturity, 0–3", "成熟度（0–3）", m => m.Maturity, (m, v) => m.Maturity = v, max: 3, unit: Units.Grade),
        F.References("tagIds", "Tags", "标签", "tags", m => m.TagIds, (m, v) => m.TagIds = v),
        F.Text("articleParagraph", "Paragraph in the article", "文章段落", m => m.ArticleParagraph, (m, v) => m.ArticleParagraph = v),
        F.Note(m => m.Note, (m, v) => m.Note = v),
    ]);

    public string NameEn { get; private set; } = "";

    public string NameZh { get; private set; } = "";

    public string? Kind { get; private set; }

    public long? TargetPerYear { get; private set; }

    public DateOnly? FirstDate { get; private set; }

    public long? Maturity { get; private set; }

    public IReadOnlyList<string> TagIds { get; private set; } = [];

    public string? ArticleParagraph { get; private set; }

    public string? Note { get; private set; }
}
