using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>Something that took place: a visit, a dialogue, a promotion, a donation.</summary>
public sealed class Activity : Record
{
    public const string DelegationIn = "DELEGATION_IN";
    public const string DelegationOut = "DELEGATION_OUT";
    public const string Donation = "DONATION";
    public const string EconomicDialogue = "ECON_DIALOGUE";
    public const string EnvoyVideoLink = "ENVOY_VIDEO_LINK";
    public const string Inspection = "INSPECTION";
    public const string Promotion = "PROMOTION";

    internal static readonly CodeList Types = new(
        ("CITY_VIDEO_LINK", "Video link with a city", "城市视频连线"), (DelegationIn, "Incoming delegation", "来访"),
        (DelegationOut, "Outgoing delegation", "出访"), (Donation, "Donation", "物资捐赠"), (EconomicDialogue, "Economic dialogue", "经贸对话"),
        ("ENVOY_DIALOGUE", "Dialogue with envoys", "使节对话"), (EnvoyVideoLink, "Video link with an envoy", "使节视频连线"), ("EXPO", "Expo", "博览会"),
        ("FESTIVAL", "Festival", "节庆"), ("FORUM", "Forum", "论坛"), (Inspection, "Inspection", "调研督查"),
        ("MEDICAL_DIALOGUE", "Medical dialogue", "医疗对话"), (Promotion, "Promotion", "推介"), ("SIGNING", "Signing", "签约"),
        ("SUMMIT_EXPERIENCE", "Sharing of summit experience", "峰会经验交流"), ("YOUTH", "Youth exchange", "青少年交流"), ("OTHER", "Other", "其他"));

    internal static readonly CodeList HeadRanks = new(
        ("party_secretary", "Party secretary", "市委书记"), ("mayor", "Mayor", "市长"), ("deputy_mayor", "Deputy mayor", "副市长"),
        ("department_head", "Head of a department", "部门负责人"), ("other", "Other", "其他"));

    internal static readonly CodeList Modes = new(("online", "Online", "线上"), ("offline", "In person", "线下"), ("hybrid", "Hybrid", "线上线下结合"));

    private static readonly Fields<Activity> F = new();

    internal static readonly RecordType<Activity> Type = new("activities", new("Activities", "活动"), () => new Activity(),
    [
        F.Code("type", "Type", "类型", Types, a => a.Kind, (a, v) => a.Kind = v!, required: true),
        F.Text("titleEn", "Title (English)", "英文标题", a => a.TitleEn, (a, v) => a.TitleEn = v!, required: true),
        F.Text("titleZh", "Title (Chinese)", "中文标题", a => a.TitleZh, (a, v) => a.TitleZh = v!, required: true),
        F.Date("date", "Date", "日期", a => a.Date, (a, v) => a.Date = v, required: true),
        F.Precision(a => a.DatePrecision, (a, v) => a.DatePrecision = v),
        F.Code("dateSource", "Source of the date", "日期来源", Provenance.Sources, a => a.DateSource, (a, v) => a.DateSource = v),
        F.Code("mode", "Mode", "形式", Modes, a => a.Mode, (a, v) => a.Mode = v),
        F.Reference("mechanismId", "Mechanism", "机制", "mechanisms", a => a.MechanismId, (a, v) => a.MechanismId = v),
        F.Reference("sectorId", "Sector", "领域", "sectors", a => a.SectorId, (a, v) => a.SectorId = v),
        F.References("cityIds", "Cities", "城市", "cities", a => a.CityIds, (a, v) => a.CityIds = v),
        F.References("countryIds", "Countries", "国家", "countries", a => a.CountryIds, (a, v) => a.CountryIds = v),
        F.Code("headRank", "Rank of the head of delegation", "团长级别", HeadRanks, a => a.HeadRank, (a, v) => a.HeadRank = v),
        F.Reference("headOfDelegationId", "Head of delegation", "团长", "official-roles", a => a.HeadOfDelegationId,
            (a, v) => a.HeadOfDelegationId = v, personal: true),
        F.Reference("embassyCountryId", "Embassy of", "使馆所属国", "countries", a => a.EmbassyCountryId, (a, v) => a.EmbassyCountryId = v),
        F.Integer("persons", "Persons", "人数", a => a.Persons, (a, v) => a.Persons = v, min: 1, unit: Units.Persons),
        F.Text("goodsEn", "Goods (English)", "物资（英文）", a => a.GoodsEn, (a, v) => a.GoodsEn = v),
        F.Text("goodsZh", "Goods (Chinese)", "物资（中文）", a => a.GoodsZh, (a, v) => a.GoodsZh = v),
        F.Money("quantity", "Quantity", "数量", a => a.Quantity, (a, v) => a.Quantity = v, unit: Units.InQuantityUnit),
        F.Text("quantityUnit", "Unit of the quantity", "数量单位", a => a.QuantityUnit, (a, v) => a.QuantityUnit = v),
        F.Money("value", "Value", "金额", a => a.Value, (a, v) => a.Value = v, unit: Units.Currency),
        F.Text("currency", "Currency", "币种", a => a.Currency, (a, v) => a.Currency = v, max: 3),
        F.Integer("mediaMentions", "Media mentions", "媒体报道篇数", a => a.MediaMentions, (a, v) => a.MediaMentions = v, unit: Units.Reports),
        F.References("tagIds", "Tags", "标签", "tags", a => a.TagIds, (a, v) => a.TagIds = v),
        F.Note(a => a.Note, (a, v) => a.Note = v),
    ],
    CountriesIncludeThoseOfTheCities, DonationReachesACity, AmountsAreWhole, DelegationAndEmbassyFit)
    {
        Forms = [new(["currency"], (activity, _, validation) => Codes.CheckCurrency(validation, "/currency", activity.Currency))],
    };

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

    public string? HeadRank { get; private set; }

    public string? HeadOfDelegationId { get; private set; }

    public string? EmbassyCountryId { get; private set; }

    public long? Persons { get; private set; }

    public string? GoodsEn { get; private set; }

    public string? GoodsZh { get; private set; }

    public decimal? Quantity { get; private set; }

    public string? QuantityUnit { get; private set; }

    public decimal? Value { get; private set; }

    public string? Currency { get; private set; }

    public long? MediaMentions { get; private set; }

    public IReadOnlyList<string> TagIds { get; private set; } = [];

    public string? Note { get; private set; }

    internal DateOnly Day => Date!.Value;

    private static void CountriesIncludeThoseOfTheCities(Activity activity, RegistrySnapshot registry, ValidationContext validation)
    {
        foreach (var city in activity.CityIds.Select(id => registry.Of(City.Type).Get(id)).OfType<City>())
            if (!activity.CountryIds.Contains(city.CountryId))
                validation.Refuse("/countryIds", "country_mismatch", $"{city.Id} lies in {city.CountryId}, which is not listed.",
                    $"{city.Id} 属于 {city.CountryId}，但未列出。");
    }

    private static void DonationReachesACity(Activity activity, RegistrySnapshot registry, ValidationContext validation)
    {
        if (activity.Kind == Donation && activity.CityIds.Count == 0)
            validation.Refuse("/cityIds", "cities_required", "A donation needs at least one city.", "捐赠至少需要一个城市。");
    }

    private static void AmountsAreWhole(Activity activity, RegistrySnapshot registry, ValidationContext validation)
    {
        if (activity.Value is not null && activity.Currency is null)
            validation.Refuse("/currency", "currency_required", "A value needs its currency.", "填写金额时必须注明币种。");
        if (activity.Quantity is not null && activity.QuantityUnit is null)
            validation.Refuse("/quantityUnit", "unit_required", "A quantity needs its unit.", "填写数量时必须注明单位。");
    }

    private static void DelegationAndEmbassyFit(Activity activity, RegistrySnapshot registry, ValidationContext validation)
    {
        if (registry.Of(OfficialRole.Type).Get(activity.HeadOfDelegationId) is { } role && !role.MayHoldOn(activity.Day))
            validation.Refuse("/headOfDelegationId", "role_date", "The role was not held on that day.", "该职务在活动当日未在任。");
        if (activity.EmbassyCountryId is { } embassy && !activity.CountryIds.Contains(embassy))
            validation.Refuse("/embassyCountryId", "country_mismatch", $"{embassy} is not listed among the countries.", $"国家中未列出 {embassy}。");
    }
}
