using FriendCity.Registry;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Tables;

internal static class CountryTable
{
    private static readonly Columns<(Country Country, DateOnly Day)> C = new();

    public static readonly SnapshotTable Table = new SnapshotTable<(Country Country, DateOnly Day)>("dim_country", new("Countries", "国家"),
        ["country_id"],
    [
        C.Text("country_id", "ISO 3166 alpha-2 code", "ISO 3166 二字母代码", r => r.Country.Id),
        C.Text("name_en", "Name in English", "英文名称", r => r.Country.NameEn),
        C.Text("name_zh", "Name in Chinese", "中文名称", r => r.Country.NameZh),
        C.Text("iso3", "ISO 3166 alpha-3 code", "ISO 3166 三字母代码", r => r.Country.Iso3, nullable: true),
        C.Text("m49", "UN M49 code", "联合国 M49 代码", r => r.Country.M49, nullable: true),
        C.Text("region_en", "Region in English", "地区(英文)", r => r.Country.RegionEn, nullable: true),
        C.Text("region_zh", "Region in Chinese", "地区(中文)", r => r.Country.RegionZh, nullable: true),
        C.Text("sco_status", "Standing in the SCO on the day of the snapshot", "快照日的上合组织身份", r => r.Country.StatusOn(r.Day)?.Status, nullable: true),
        C.Date("sco_status_from", "Since when", "身份生效日期", r => r.Country.StatusOn(r.Day)?.ValidFrom, nullable: true),
        .. C.Provenance(r => r.Country),
        .. C.Labels("sco_status", "Standing in the SCO", "上合组织身份", ScoStatus.Statuses, r => r.Country.StatusOn(r.Day)?.Status),
        .. C.ProvenanceLabels(r => r.Country),
    ],
    day => day.Registry.Of(Country.Type).Live.Select(country => (country, day.Date)));
}
