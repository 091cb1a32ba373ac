using FriendCity.Registry;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Tables;

internal static class CityTable
{
    private static readonly Columns<City> C = new();

    public static readonly SnapshotTable Table = new SnapshotTable<City>("dim_city", new("Cities", "城市"), ["city_id"],
    [
        C.Text("city_id", "UN/LOCODE, or the office's own id", "UN/LOCODE 或自编号", c => c.Id),
        C.Text("country_id", "Country", "国家", c => c.CountryId),
        C.Text("entity_level", "City, province, district", "行政层级", c => c.EntityLevel),
        C.Text("name_en", "Name in English", "英文名称", c => c.NameEn),
        C.Text("name_zh", "Name in Chinese", "中文名称", c => c.NameZh),
        C.Text("name_local", "Name in the local language", "当地语言名称", c => c.NameLocal, nullable: true),
        C.Text("admin1", "First-level division", "一级行政区", c => c.Admin1, nullable: true),
        C.Number("latitude", "Latitude, north is positive", "纬度(北纬为正)", c => c.Latitude, nullable: true, unit: "degrees"),
        C.Number("longitude", "Longitude, east is positive", "经度(东经为正)", c => c.Longitude, nullable: true, unit: "degrees"),
        C.Text("unlocode", "UN/LOCODE", "UN/LOCODE", c => c.Unlocode, nullable: true),
        C.Flag("is_seaport", "Seaport", "海港", c => c.IsSeaport, nullable: true),
        C.Text("role_in_article", "Role in the article", "文章中的角色", c => c.RoleInArticle, nullable: true),
        .. C.Provenance(c => c),
        .. C.Labels("entity_level", "City, province, district", "行政层级", CodeTable.Levels, c => c.EntityLevel),
        .. C.ProvenanceLabels(c => c),
    ],
    day => day.Registry.Of(City.Type).Live);
}
