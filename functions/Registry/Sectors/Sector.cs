using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A field of cooperation, such as TRADE.</summary>
public sealed class Sector : Record
{
    private static readonly Fields<Sector> F = new();

    internal static readonly RecordType<Sector> Type = new("sectors", new("Sectors", "合作领域"), () => new Sector(),
    [
        F.Text("nameEn", "Name (English)", "英文名称", s => s.NameEn, (s, v) => s.NameEn = v!, required: true),
        F.Text("nameZh", "Name (Chinese)", "中文名称", s => s.NameZh, (s, v) => s.NameZh = v!, required: true),
        F.Text("articleParagraph", "Paragraph in the article", "文章段落", s => s.ArticleParagraph, (s, v) => s.ArticleParagraph = v),
        F.Reference("defaultCentreId", "Usual centre", "默认中心", "centres", s => s.DefaultCentreId, (s, v) => s.DefaultCentreId = v),
    ]);

    public string NameEn { get; private set; } = "";

    public string NameZh { get; private set; } = "";

    public string? ArticleParagraph { get; private set; }

    public string? DefaultCentreId { get; private set; }
}
