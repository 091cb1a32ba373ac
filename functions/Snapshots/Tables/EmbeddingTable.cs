using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Tables;

/// <param name="Number">Position among the platform's elements, from 1.</param>
internal sealed record EmbeddingRow(Platform Platform, PlatformEmbedding Element, int Number, City? City, bool Stands);

internal static class EmbeddingTable
{
    private static readonly Columns<EmbeddingRow> C = new();

    public static readonly SnapshotTable Table = new SnapshotTable<EmbeddingRow>(
        "fact_embedding", new("Friend-city elements in platforms", "平台中的友城元素"), ["platform_id", "element_number"],
    [
        C.Text("platform_id", "Platform", "平台编号", r => r.Platform.Id),
        C.Integer("element_number", "Position among the platform's elements, from 1", "元素序号(自 1 起)", r => r.Number),
        C.Text("platform_name_en", "Platform's name in English", "平台英文名称", r => r.Platform.NameEn),
        C.Text("platform_name_zh", "Platform's name in Chinese", "平台中文名称", r => r.Platform.NameZh),
        C.Text("city_id", "City", "城市", r => r.Element.CityId),
        C.Text("country_id", "Country of the city; null when the city is missing", "国家(城市缺失时为空)", r => r.City?.CountryId, nullable: true),
        C.Text("element_en", "Element in English", "友城元素(英文)", r => r.Element.ElementEn),
        C.Text("element_zh", "Element in Chinese", "友城元素(中文)", r => r.Element.ElementZh),
        C.Date("since", "Since", "起始日期", r => r.Element.Since, nullable: true),
        C.Text("date_precision", "How exactly the date is known: day, month, year", "日期精度", r => r.Element.DatePrecision, nullable: true),
        C.Date("renewed_on", "Last renewed on", "最近更新日期", r => r.Element.RenewedOn, nullable: true),
        C.Date("until", "Until, that day excluded", "截止日期(不含)", r => r.Element.Until, nullable: true),
        C.Flag("stands", "In place on the day of the snapshot", "快照日是否在位", r => r.Stands),
        .. C.Provenance(r => r.Element),
        C.Text("evidence", "Weakest source the row rests on", "最弱来源", Evidence),
        .. C.Labels("date_precision", "How exactly the date is known", "日期精度", Provenance.Precisions, r => r.Element.DatePrecision),
        .. C.ProvenanceLabels(r => r.Element),
        .. C.Labels("evidence", "Weakest source the row rests on", "最弱来源", Provenance.Sources, Evidence),
    ],
    day => day.Registry.Of(Platform.Type).Live.SelectMany(platform => platform.Embeddings.Select((element, index) =>
        new EmbeddingRow(platform, element, index + 1, day.Registry.Of(City.Type).Get(element.CityId), element.StandsOn(day.Date)))));

    private static string Evidence(EmbeddingRow row) => Sources.Weakest(row.Platform.Source, row.Element.Source);
}
