using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Schemas;

namespace FriendCity.Registry;

/// <summary>A body the office works with: an institute, an authority, an international secretariat.</summary>
public sealed class Organisation : Record
{
    private static readonly Fields<Organisation> F = new();

    private static readonly CodeList Kinds = new(
        ("government", "Government", "政府机构"), ("party", "Party", "党的机构"), ("institute", "Institute", "院所"),
        ("international", "International body", "国际组织"), ("enterprise", "Enterprise", "企业"), ("other", "Other", "其他"));

    internal static readonly RecordType<Organisation> Type = new("organisations", new("Organisations", "机构"), () => new Organisation(),
    [
        F.Text("nameEn", "Name (English)", "英文名称", o => o.NameEn, (o, v) => o.NameEn = v!, required: true),
        F.Text("nameZh", "Name (Chinese)", "中文名称", o => o.NameZh, (o, v) => o.NameZh = v!, required: true),
        F.Code("kind", "Kind", "类型", Kinds, o => o.Kind, (o, v) => o.Kind = v!,
            required: true),
        F.Reference("countryId", "Country", "国家", "countries", o => o.CountryId, (o, v) => o.CountryId = v),
        F.Reference("cityId", "City", "城市", "cities", o => o.CityId, (o, v) => o.CityId = v),
        F.Text("website", "Website", "网址", o => o.Website, (o, v) => o.Website = v),
        F.Note(o => o.Note, (o, v) => o.Note = v),
    ],
    CityIsInTheCountry);

    public string NameEn { get; private set; } = "";

    public string NameZh { get; private set; } = "";

    public string Kind { get; private set; } = "";

    public string? CountryId { get; private set; }

    public string? CityId { get; private set; }

    public string? Website { get; private set; }

    public string? Note { get; private set; }

    private static void CityIsInTheCountry(Organisation organisation, RegistrySnapshot registry, ValidationContext validation)
    {
        if (organisation.CountryId is { } country && registry.Of(City.Type).Get(organisation.CityId) is { } city && city.CountryId != country)
            validation.Refuse("/countryId", "country_mismatch", $"{city.Id} lies in {city.CountryId}.", $"{city.Id} 属于 {city.CountryId}。");
    }
}
