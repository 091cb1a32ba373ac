using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A country, by its ISO 3166 alpha-2 code, with its standing in the Shanghai Cooperation Organisation through time.</summary>
public sealed class Country : Record
{
    private static readonly Fields<Country> F = new();

    internal static readonly RecordType<Country> Type = new("countries", new("Countries", "国家"), () => new Country(),
    [
        F.Text("nameEn", "Name (English)", "英文名称", c => c.NameEn, (c, v) => c.NameEn = v!, required: true),
        F.Text("nameZh", "Name (Chinese)", "中文名称", c => c.NameZh, (c, v) => c.NameZh = v!, required: true),
        F.Text("iso3", "ISO alpha-3 code", "ISO 三字母代码", c => c.Iso3, (c, v) => c.Iso3 = v, max: 3),
        F.Text("m49", "UN M49 code", "联合国 M49 代码", c => c.M49, (c, v) => c.M49 = v, max: 3),
        F.Text("regionEn", "Region (English)", "地区（英文）", c => c.RegionEn, (c, v) => c.RegionEn = v),
        F.Text("regionZh", "Region (Chinese)", "地区（中文）", c => c.RegionZh, (c, v) => c.RegionZh = v),
        F.Entries("scoStatus", "SCO status", "上合组织身份", Registry.ScoStatus.Schema, c => c.ScoStatus, (c, v) => c.ScoStatus = v),
    ],
    IntervalsFollowEachOther)
    {
        Forms = [new([], IdIsItsCode), new(["iso3"], Iso3IsOne), new(["m49"], M49IsOne)],
        Keys = [new("iso3", new("ISO alpha-3 code", "ISO 三字母代码"), c => c.Iso3), new("m49", new("UN M49 code", "联合国 M49 代码"), c => c.M49)],
    };

    public string NameEn { get; private set; } = "";

    public string NameZh { get; private set; } = "";

    public string? Iso3 { get; private set; }

    public string? M49 { get; private set; }

    public string? RegionEn { get; private set; }

    public string? RegionZh { get; private set; }

    public IReadOnlyList<ScoStatus> ScoStatus { get; private set; } = [];

    /// <summary>The status that holds on that day, or null.</summary>
    /// <param name="counts">Which evidence may say so; all, unless given.</param>
    internal ScoStatus? StatusOn(DateOnly day, Func<Evidence, bool>? counts = null) =>
        ScoStatus.LastOrDefault(status => status.From <= day && (status.Before is not { } end || day < end) && counts?.Invoke(status) != false);

    private static void IdIsItsCode(Country country, RegistrySnapshot registry, ValidationContext validation)
    {
        if (!Codes.IsAlpha2(country.Id))
            validation.Refuse("/id", "iso2", "The id of a country is its ISO 3166 alpha-2 code, two capital letters such as KZ.",
                "国家的编号为 ISO 3166 两位大写字母代码，例如 KZ。");
    }

    private static void Iso3IsOne(Country country, RegistrySnapshot registry, ValidationContext validation)
    {
        if (country.Iso3 is { } code && !Codes.IsThreeLetters(code))
            validation.Refuse("/iso3", "iso3", "An ISO 3166 alpha-3 code is three capital letters, such as KAZ.", "ISO 3166 三字母代码为三位大写字母，例如 KAZ。");
    }

    private static void M49IsOne(Country country, RegistrySnapshot registry, ValidationContext validation)
    {
        if (country.M49 is { } code && !Codes.IsM49(code))
            validation.Refuse("/m49", "m49", "A UN M49 code is three digits, such as 398.", "联合国 M49 代码为三位数字，例如 398。");
    }

    private static void IntervalsFollowEachOther(Country country, RegistrySnapshot registry, ValidationContext validation)
    {
        for (var i = 0; i < country.ScoStatus.Count; i++)
        {
            var status = country.ScoStatus[i];
            if (status.Before <= status.From)
                validation.Refuse($"/scoStatus/{i}/validToExclusive", "interval_order", "The status ends before it begins.", "身份的结束日期早于开始日期。");
            if (i > 0 && (country.ScoStatus[i - 1].Before is not { } end || end > status.From))
                validation.Refuse($"/scoStatus/{i}/validFrom", "interval_overlap", "The status begins before the one above it has ended.",
                    "该身份在上一身份结束之前开始。");
        }
    }
}
