using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A publication that rows rest on: who wrote it, where and when it appeared, and for which time its data are true.</summary>
public sealed class SourceDocument : Record
{
    private static readonly Fields<SourceDocument> F = new();

    private static readonly CodeList Kinds = new(
        ("article", "Article", "文章"), ("press_conference", "Press conference", "新闻发布会"), ("news", "News", "新闻报道"),
        ("official_site", "Official site", "官方网站"), ("reference", "Reference", "参考资料"), ("other", "Other", "其他"));

    internal static readonly RecordType<SourceDocument> Type = new("sources", new("Sources", "资料来源"), () => new SourceDocument(),
    [
        F.Text("titleEn", "Title (English)", "英文标题", s => s.TitleEn, (s, v) => s.TitleEn = v!, required: true),
        F.Text("titleZh", "Title (Chinese)", "中文标题", s => s.TitleZh, (s, v) => s.TitleZh = v!, required: true),
        F.Code("kind", "Kind", "类型", Kinds, s => s.Kind,
            (s, v) => s.Kind = v!, required: true),
        F.Text("author", "Author", "作者", s => s.Author, (s, v) => s.Author = v, personal: true),
        F.Text("authorPostEn", "Post of the author (English)", "作者职务（英文）", s => s.AuthorPostEn, (s, v) => s.AuthorPostEn = v),
        F.Text("authorPostZh", "Post of the author (Chinese)", "作者职务（中文）", s => s.AuthorPostZh, (s, v) => s.AuthorPostZh = v),
        F.Reference("authorOrganisationId", "Organisation of the author", "作者单位", "organisations", s => s.AuthorOrganisationId,
            (s, v) => s.AuthorOrganisationId = v),
        F.Text("outlet", "Outlet", "刊物或网站", s => s.Outlet, (s, v) => s.Outlet = v),
        F.Text("issue", "Issue", "期号", s => s.Issue, (s, v) => s.Issue = v),
        F.Date("publishedOn", "Published on", "发表日期", s => s.PublishedOn, (s, v) => s.PublishedOn = v),
        F.Precision(s => s.DatePrecision, (s, v) => s.DatePrecision = v),
        F.Date("dataFrom", "Data true from", "数据起始日期", s => s.DataFrom, (s, v) => s.DataFrom = v),
        F.Date("dataTo", "Data true to", "数据截止日期", s => s.DataTo, (s, v) => s.DataTo = v),
        F.Text("address", "Address", "网址", s => s.Address, (s, v) => s.Address = v, max: 2000),
        F.Note(s => s.Note, (s, v) => s.Note = v),
    ],
    DataAreInOrder);

    public string TitleEn { get; private set; } = "";

    public string TitleZh { get; private set; } = "";

    public string Kind { get; private set; } = "";

    public string? Author { get; private set; }

    public string? AuthorPostEn { get; private set; }

    public string? AuthorPostZh { get; private set; }

    public string? AuthorOrganisationId { get; private set; }

    public string? Outlet { get; private set; }

    public string? Issue { get; private set; }

    public DateOnly? PublishedOn { get; private set; }

    public string? DatePrecision { get; private set; }

    public DateOnly? DataFrom { get; private set; }

    public DateOnly? DataTo { get; private set; }

    public string? Address { get; private set; }

    public string? Note { get; private set; }

    private static void DataAreInOrder(SourceDocument document, RegistrySnapshot registry, ValidationContext validation) =>
        Periods.CheckDays(validation, "/dataTo", document.DataFrom, document.DataTo);
}
