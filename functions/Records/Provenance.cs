using FriendCity.Messages;
using FriendCity.Records.Schemas;

namespace FriendCity.Records;

/// <summary>
/// Every record and every nested entry says which evidence it belongs to and where it comes from, so that the article's
/// figures, public facts, illustrative rows and the office's own records are never mixed unseen.
/// </summary>
internal static class Provenance
{
    public const string Office = "OFFICE";
    public const string OfficeSource = "office";
    public const string Illustrative = "illustrative";

    /// <summary>PLACEHOLDER rows exist for arithmetic tests; no view includes them.</summary>
    public static readonly CodeList Scenarios = new(
        ("ARTICLE", "The article", "文章"), ("PUBLIC_UPDATE", "Public updates", "公开更新"), (Office, "The office's records", "本单位登记"),
        ("PLACEHOLDER", "Placeholders", "占位数据"));

    /// <summary>The scenarios that the word "all" means.</summary>
    public static readonly string[] AllScenarios = ["ARTICLE", "PUBLIC_UPDATE", Office];

    public static readonly CodeList Sources = new(
        ("article", "Article", "文章"), ("public", "Public source", "公开资料"), (Illustrative, "Illustrative", "示例"), (OfficeSource, "Office", "本单位"));

    /// <summary>How exactly a date is known.</summary>
    public static readonly CodeList Precisions = new(("day", "Day", "日"), ("month", "Month", "月"), ("year", "Year", "年"));

    public static readonly Text ScenarioLabel = new("Scenario", "证据集");
    public static readonly Text SourceLabel = new("Source", "来源");
    public static readonly Text SourceRefLabel = new("Source reference", "来源出处");
    public static readonly Text PrecisionLabel = new("Date precision", "日期精度");
}
