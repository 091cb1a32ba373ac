using FriendCity.PowerBi.OData.Model;
using FriendCity.Records;
using FriendCity.Records.Schemas;
using FriendCity.Registry;

namespace FriendCity.PowerBi.OData.WideSets;

/// <summary>
/// Projects with what the records they refer to are called and where their city lies: one table, one request, for whoever joins nothing.
/// </summary>
internal static class ProjectsWithCity
{
    private static readonly Fields<Project> F = new();

    public static LiveSet In(RegistrySnapshot registry)
    {
        var (cities, countries, sectors, centres) = (registry.Of(City.Type), registry.Of(Country.Type), registry.Of(Sector.Type),
            registry.Of(Centre.Type));
        var type = new RecordType<Project>("projects-with-city",
            new("Projects with the names of their city, country, sector and centre", "项目（含城市、国家、领域和中心名称）"), new Schema<Project>(() => new Project(),
        [
            .. Project.Type.Schema.Fields.Where(field => field.Entries is null),
            F.Text("cityNameEn", "City (English)", "城市英文名称", p => cities.Get(p.CityId)?.NameEn, Fields.ReadOnly),
            F.Text("cityNameZh", "City (Chinese)", "城市中文名称", p => cities.Get(p.CityId)?.NameZh, Fields.ReadOnly),
            F.Ratio("latitude", "Latitude of the city", "城市纬度", -90, 90, p => cities.Get(p.CityId)?.Latitude, Fields.ReadOnly),
            F.Ratio("longitude", "Longitude of the city", "城市经度", -180, 180, p => cities.Get(p.CityId)?.Longitude, Fields.ReadOnly),
            F.Text("countryNameEn", "Country (English)", "国家英文名称", p => countries.Get(p.CountryId)?.NameEn, Fields.ReadOnly),
            F.Text("countryNameZh", "Country (Chinese)", "国家中文名称", p => countries.Get(p.CountryId)?.NameZh, Fields.ReadOnly),
            F.Text("sectorNameEn", "Sector (English)", "领域英文名称", p => sectors.Get(p.SectorId)?.NameEn, Fields.ReadOnly),
            F.Text("sectorNameZh", "Sector (Chinese)", "领域中文名称", p => sectors.Get(p.SectorId)?.NameZh, Fields.ReadOnly),
            F.Text("centreNameEn", "Centre (English)", "中心英文名称", p => centres.Get(p.CentreId)?.NameEn, Fields.ReadOnly),
            F.Text("centreNameZh", "Centre (Chinese)", "中心中文名称", p => centres.Get(p.CentreId)?.NameZh, Fields.ReadOnly),
        ],
        evidence: false));
        return new("ProjectsWithCity", type.WithLabels(), at => at.Of(Project.Type), Project.Type.Name, City.Type.Name, Country.Type.Name,
            Sector.Type.Name, Centre.Type.Name)
        { Joined = In };
    }
}
