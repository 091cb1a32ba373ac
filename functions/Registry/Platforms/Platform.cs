using FriendCity.Records;

namespace FriendCity.Registry;

/// <summary>A standing platform, such as an expo or a reception hall, in which friend cities can take part.</summary>
public sealed class Platform : Record
{
    private static readonly Fields<Platform> F = new();

    internal static readonly RecordType<Platform> Type = new("platforms", new("Platforms", "平台"), () => new Platform(),
    [
        F.Text("nameEn", "Name (English)", "英文名称", p => p.NameEn, (p, v) => p.NameEn = v!, required: true),
        F.Text("nameZh", "Name (Chinese)", "中文名称", p => p.NameZh, (p, v) => p.NameZh = v!, required: true),
        F.Text("kind", "Kind", "类型", p => p.Kind, (p, v) => p.Kind = v),
        F.Text("articleParagraph", "Paragraph in the article", "文章段落", p => p.ArticleParagraph, (p, v) => p.ArticleParagraph = v),
        F.Flag("embeddingCalledFor", "Friend-city elements called for", "要求植入友城元素", p => p.EmbeddingCalledFor, (p, v) => p.EmbeddingCalledFor = v),
        F.Note(p => p.Note, (p, v) => p.Note = v),
    ]);

    public string NameEn { get; private set; } = "";

    public string NameZh { get; private set; } = "";

    public string? Kind { get; private set; }

    public string? ArticleParagraph { get; private set; }

    public bool? EmbeddingCalledFor { get; private set; }

    public string? Note { get; private set; }
}
