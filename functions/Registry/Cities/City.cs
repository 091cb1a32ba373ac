using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A city, or what the office treats as one: a province, a district. Its id is its UN/LOCODE where it has one.</summary>
public sealed class City : Record
{
    private static readonly Fields<City> F = new();

    internal static readonly RecordType<City> Type = new("cities", new("Cities", "城市"), () => new City(),
    [
        F.Reference("countryId", "Country", "国家", "countries", c => c.CountryId, (c, v) => c.CountryId = v!, required: true),
        F.Text("entityLevel", "Entity level", "行政层级", c => c.EntityLevel, (c, v) => c.EntityLevel = v!, required: true),
        F.Text("nameEn", "Name (English)", "英文名称", c => c.NameEn, (c, v) => c.NameEn = v!, required: true),
        F.Text("nameZh", "Name (Chinese)", "中文名称", c => c.NameZh, (c, v) => c.NameZh = v!, required: true),
        F.Text("nameZhHant", "Name in the article", "文章中的名称", c => c.NameZhHant, (c, v) => c.NameZhHant = v),
        F.Text("nameLocal", "Local name", "当地语言名称", c => c.NameLocal, (c, v) => c.NameLocal = v),
        F.Text("admin1", "First-level division", "一级行政区", c => c.Admin1, (c, v) => c.Admin1 = v),
        F.Ratio("latitude", "Latitude", "纬度", -90, 90, c => c.Latitude, (c, v) => c.Latitude = v, unit: Units.Degrees),
        F.Ratio("longitude", "Longitude", "经度", -180, 180, c => c.Longitude, (c, v) => c.Longitude = v, unit: Units.Degrees),
        F.Text("unlocode", "UN/LOCODE", "UN/LOCODE", c => c.Unlocode, (c, v) => c.Unlocode = v, max: 5),
        F.Flag("unlocodeVerified", "UN/LOCODE checked", "UN/LOCODE 已核实", c => c.UnlocodeVerified, (c, v) => c.UnlocodeVerified = v),
        F.Text("wikidata", "Wikidata item", "维基数据编号", c => c.Wikidata, (c, v) => c.Wikidata = v, max: 16),
        F.Text("roleInArticle", "Role in the article", "文章中的角色", c => c.RoleInArticle, (c, v) => c.RoleInArticle = v),
        F.Flag("isSeaport", "Seaport", "海港", c => c.IsSeaport, (c, v) => c.IsSeaport = v),
        F.Flag("isCapital", "National capital", "首都", c => c.IsCapital, (c, v) => c.IsCapital = v),
        F.Entries("otherChineseTies", "Other Chinese ties", "与中国其他城市的友好关系", OtherChineseTie.Schema, c => c.OtherChineseTies,
            (c, v) => c.OtherChineseTies = v),
        F.Note(c => c.Note, (c, v) => c.Note = v),
    ],
    PositionIsWhole)
    {
        Forms = [new(["unlocode", "countryId"], CodeIsOfTheCountry), new(["wikidata"], WikidataItemIsOne)],
        Keys =
        [
            new("nameEn", new("English name in this country", "国家和英文名称"), c => UniqueKeys.Of(c.CountryId, UniqueKeys.Name(c.NameEn)),
                CanBeReal: true),
            new("nameZh", new("Chinese name in this country", "国家和中文名称"), c => UniqueKeys.Of(c.CountryId, UniqueKeys.Name(c.NameZh)),
                CanBeReal: true),
            new("unlocode", new("UN/LOCODE", "UN/LOCODE"), c => c.Unlocode),
            new("wikidata", new("Wikidata item", "维基数据编号"), c => c.Wikidata),
        ],
    };

    public string CountryId { get; private set; } = "";

    public string EntityLevel { get; private set; } = "";

    public string NameEn { get; private set; } = "";

    public string NameZh { get; private set; } = "";

    public string? NameZhHant { get; private set; }

    public string? NameLocal { get; private set; }

    public string? Admin1 { get; private set; }

    public double? Latitude { get; private set; }

    public double? Longitude { get; private set; }

    public string? Unlocode { get; private set; }

    public bool? UnlocodeVerified { get; private set; }

    public string? Wikidata { get; private set; }

    public string? RoleInArticle { get; private set; }

    public bool? IsSeaport { get; private set; }

    public bool? IsCapital { get; private set; }

    public IReadOnlyList<OtherChineseTie> OtherChineseTies { get; private set; } = [];

    public string? Note { get; private set; }

    private static void PositionIsWhole(City city, RegistrySnapshot registry, ValidationContext validation)
    {
        if (city.Latitude is null != city.Longitude is null)
            validation.Refuse(city.Latitude is null ? "/latitude" : "/longitude", "position", "A position needs latitude and longitude.",
                "位置需要同时提供纬度和经度。");
    }

    private static void CodeIsOfTheCountry(City city, RegistrySnapshot registry, ValidationContext validation)
    {
        if (city.Unlocode is { } code && (!Codes.IsUnlocode(code) || !code.StartsWith(city.CountryId, StringComparison.Ordinal)))
            validation.Refuse("/unlocode", "unlocode",
                $"A UN/LOCODE is the country's code, {city.CountryId}, and three capital letters or digits from 2 to 9.",
                $"UN/LOCODE 由国家代码 {city.CountryId} 和三位大写字母或数字 2 至 9 组成。");
    }

    private static void WikidataItemIsOne(City city, RegistrySnapshot registry, ValidationContext validation)
    {
        if (city.Wikidata is { } item && !Codes.IsWikidata(item))
            validation.Refuse("/wikidata", "wikidata", "A Wikidata item is Q and a number, such as Q170322.", "维基数据编号为 Q 加数字，例如 Q170322。");
    }
}
