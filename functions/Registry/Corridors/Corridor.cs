using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A transport or economic corridor on which hub cities lie.</summary>
public sealed class Corridor : Record
{
    private static readonly Fields<Corridor> F = new();

    internal static readonly RecordType<Corridor> Type = new("corridors", new("Corridors", "通道"), () => new Corridor(),
    [
        F.Text("nameEn", "Name (English)", "英文名称", c => c.NameEn, (c, v) => c.NameEn = v!, required: true),
        F.Text("nameZh", "Name (Chinese)", "中文名称", c => c.NameZh, (c, v) => c.NameZh = v!, required: true),
        F.Codes("modes", "Modes", "运输方式", TransportLink.Modes, c => c.Modes, (c, v) => c.Modes = v),
        F.References("countryIds", "Countries", "国家", "countries", c => c.CountryIds, (c, v) => c.CountryIds = v),
        F.Text("articleParagraph", "Paragraph in the article", "文章段落", c => c.ArticleParagraph, (c, v) => c.ArticleParagraph = v),
        F.Note(c => c.Note, (c, v) => c.Note = v),
    ]);

    public string NameEn { get; private set; } = "";

    public string NameZh { get; private set; } = "";

    public IReadOnlyList<string> Modes { get; private set; } = [];

    public IReadOnlyList<string> CountryIds { get; private set; } = [];

    public string? ArticleParagraph { get; private set; }

    public string? Note { get; private set; }
}
