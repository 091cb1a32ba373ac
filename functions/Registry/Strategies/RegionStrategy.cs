using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>How the office works towards a group of countries: channel cities, sectors, instruments, goals.</summary>
public sealed class RegionStrategy : Record
{
    private static readonly Fields<RegionStrategy> F = new();

    internal static readonly RecordType<RegionStrategy> Type = new("strategies", new("Region strategies", "区域策略"), () => new RegionStrategy(),
    [
        F.Text("nameEn", "Name (English)", "英文名称", s => s.NameEn, (s, v) => s.NameEn = v!, required: true),
        F.Text("nameZh", "Name (Chinese)", "中文名称", s => s.NameZh, (s, v) => s.NameZh = v!, required: true),
        F.References("countryIds", "Countries", "国家", "countries", s => s.CountryIds, (s, v) => s.CountryIds = v, required: true),
        F.References("cityIds", "Channel cities", "渠道城市", "cities", s => s.CityIds, (s, v) => s.CityIds = v),
        F.References("sectorIds", "Sectors", "领域", "sectors", s => s.SectorIds, (s, v) => s.SectorIds = v),
        F.Entries("instruments", "Instruments", "抓手", StrategyInstrument.Schema, s => s.Instruments, (s, v) => s.Instruments = v),
        F.References("tagIds", "Goals and tags", "目标与标签", "tags", s => s.TagIds, (s, v) => s.TagIds = v),
        F.Text("articleParagraph", "Paragraph in the article", "文章段落", s => s.ArticleParagraph, (s, v) => s.ArticleParagraph = v),
        F.Date("since", "Since", "起始日期", s => s.Since, (s, v) => s.Since = v),
        F.Date("until", "Until (that day excluded)", "截止日期（不含）", s => s.Until, (s, v) => s.Until = v),
        F.Note(s => s.Note, (s, v) => s.Note = v),
    ],
    HasCountries, ChannelCitiesLieInThem);

    public string NameEn { get; private set; } = "";

    public string NameZh { get; private set; } = "";

    public IReadOnlyList<string> CountryIds { get; private set; } = [];

    public IReadOnlyList<string> CityIds { get; private set; } = [];

    public IReadOnlyList<string> SectorIds { get; private set; } = [];

    public IReadOnlyList<StrategyInstrument> Instruments { get; private set; } = [];

    public IReadOnlyList<string> TagIds { get; private set; } = [];

    public string? ArticleParagraph { get; private set; }

    public DateOnly? Since { get; private set; }

    public DateOnly? Until { get; private set; }

    public string? Note { get; private set; }

    internal bool HoldsOn(DateOnly day) => Periods.Holds(Since, Until, day);

    private static void HasCountries(RegionStrategy strategy, RegistrySnapshot registry, ValidationContext validation)
    {
        if (strategy.CountryIds.Count == 0)
            validation.Refuse("/countryIds", "countries_required", "A strategy needs at least one country.", "区域策略至少需要一个国家。");
        Periods.Check(validation, "/until", strategy.Since, strategy.Until);
    }

    private static void ChannelCitiesLieInThem(RegionStrategy strategy, RegistrySnapshot registry, ValidationContext validation)
    {
        for (var i = 0; i < strategy.CityIds.Count; i++)
            if (registry.Of(City.Type).Get(strategy.CityIds[i]) is { } city && !strategy.CountryIds.Contains(city.CountryId))
                validation.Refuse($"/cityIds/{i}", "country_mismatch", $"{city.Id} lies in {city.CountryId}, which is not listed.",
                    $"{city.Id} 属于 {city.CountryId}，但未列出。");
    }
}
