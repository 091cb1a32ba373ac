using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A programme, goal or theme that records of several types serve.</summary>
public sealed class Tag : Record
{
    private static readonly Fields<Tag> F = new();

    private static readonly CodeList Kinds = new(("programme", "Programme", "计划"), ("goal", "Goal", "目标"), ("theme", "Theme", "主题"));

    internal static readonly RecordType<Tag> Type = new("tags", new("Tags", "标签"), () => new Tag(),
    [
        F.Text("nameEn", "Name (English)", "英文名称", t => t.NameEn, (t, v) => t.NameEn = v!, required: true),
        F.Text("nameZh", "Name (Chinese)", "中文名称", t => t.NameZh, (t, v) => t.NameZh = v!, required: true),
        F.Code("kind", "Kind", "类型", Kinds, t => t.Kind, (t, v) => t.Kind = v!, required: true),
        F.Text("articleParagraph", "Paragraph in the article", "文章段落", t => t.ArticleParagraph, (t, v) => t.ArticleParagraph = v),
        F.Note(t => t.Note, (t, v) => t.Note = v),
    ]);

    public string NameEn { get; private set; } = "";

    public string NameZh { get; private set; } = "";

    public string Kind { get; private set; } = "";

    public string? ArticleParagraph { get; private set; }

    public string? Note { get; private set; }
}
