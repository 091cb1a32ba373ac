using FriendCity.Records;

namespace FriendCity.Registry;

/// <summary>Something that took place: a visit, a dialogue, a promotion, a donation.</summary>
public sealed class Activity : Record
{
    public const string Donation = "DONATION";
    public const string EnvoyVideoLink = "ENVOY_VIDEO_LINK";

    public static readonly string[] Types =
    [
        "CITY_VIDEO_LINK", "DELEGATION_IN", "DELEGATION_OUT", Donation, "ECON_DIALOGUE", "ENVOY_DIALOGUE", EnvoyVideoLink, "EXPO", "FESTIVAL", "FORUM",
        "INSPECTION", "MEDICAL_DIALOGUE", "PROMOTION", "SIGNING", "SUMMIT_EXPERIENCE", "YOUTH", "OTHER",
    ];

    private static readonly Fields<Activity> F = new();

    internal static readonly RecordType<Activity> Type = new("activities", new("Activities", "活动"), () => new Activity(),
    [
        F.Code("type", "Type", "类型", Types, a => a.Kind, (a, v) => a.Kind = v!, required: true),
        F.Text("titleEn", "Title (English)", "英文标题", a => a.TitleEn, (a, v) => a.TitleEn = v!, required: true),
        F.Text("titleZh", "Title (Chinese)", "中文标题", a => a.TitleZh, (a, v) => a.TitleZh = v!, required: true),
        F.Date("date", "Date", "日期", a => a.Date, (a, v) => a.Date = v, required: true),
        F.Precision(a => a.DatePrecision, (a, v) => a.DatePrecision = v),
        F.Code("dateSource", "Source of the date", "日期来源", Provenance.Sources, a => a.DateSource, (a, v) => a.DateSource = v),
        F.Code("mode", "Mode", "形式", ["online", "offline", "hybrid"], a => a.Mode, (a, v) => a.Mode = v),
        F.Reference("mechanismId", "Mechanism", "机制", "mechanisms", a => a.MechanismId, (a, v) => a.MechanismId = v),
        F.Reference("sectorId", "Sector", "领域", "sectors", a => a.SectorId, (a, v) => a.SectorId = v),
        F.References("cityIds", "Cities", "城市", "cities", a => a.CityIds, (a, v) => a.CityIds = v),
        F.References("countryIds", "Countries", "国家", "countries", a => a.CountryIds, (a, v) => a.CountryIds = v),
        F.Note(a => a.Note, (a, v) => a.Note = v),
    ],
    CountriesIncludeThoseOfTheCities);

    public string Kind { get; private set; } = "";

    public string TitleEn { get; private set; } = "";

    public string TitleZh { get; private set; } = "";

    public DateOnly? Date { get; private set; }

    public string? DatePrecision { get; private set; }

    /// <summary>Where the date comes from, when it is known less surely than the activity itself.</summary>
    public string? DateSource { get; private set; }

    public string? Mode { get; private set; }

    public string? MechanismId { get; private set; }

    public string? SectorId { get; private set; }

    public IReadOnlyList<string> CityIds { get; private set; } = [];

    public IReadOnlyList<string> CountryIds { get; private set; } = [];

    public string? Note { get; private set; }

    internal DateOnly Day => Date!.Value;

    private static void CountriesIncludeThoseOfTheCities(Activity activity, View view, Reading reading)
    {
        foreach (var city in activity.CityIds.Select(id => view.Of(City.Type).Get(id)).OfType<City>())
            if (!activity.CountryIds.Contains(city.CountryId))
                reading.Refuse("/countryIds", "country_mismatch", $"{city.Id} lies in {city.CountryId}, which is not listed.", $"{city.Id} 属于 {city.CountryId},但未列出。");
    }
}
