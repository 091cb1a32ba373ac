using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Kpis.Model;

/// <summary>
/// The scopes a figure can be asked for: those the office keeps as records, and those that follow from the countries themselves:
/// the members, the partners, the whole family of the organisation on the figure's day; the world; a region; one country.
/// The home country is in none of them.
/// </summary>
internal static class KpiScopes
{
    private const string Home = "CN";
    private const string RegionPrefix = "region:";
    private const string CountryPrefix = "country:";

    public static readonly Text Offered = new("use members, partners, family, world, region:NAME, country:CODE",
        " members、partners、family、world、region：名称、country：代码");

    private static readonly string[] Members = ["member"];

    /// <summary>
    /// A record's id goes before a word, so that no record the office makes is ever hidden. One of other evidence than was asked for is a
    /// question too, but it takes no word's place.
    /// </summary>
    /// <param name="scenarios">The evidence of the question; all there is, unless given.</param>
    public static Scope? Find(RegistrySnapshot registry, string name, IReadOnlyList<string>? scenarios = null)
    {
        scenarios ??= Provenance.AllScenarios;
        var record = registry.Of(Scope.Type).Get(name);
        return record is not null && scenarios.Contains(record.Scenario) ? record : Named(registry, name, scenarios) ?? record;
    }

    private static Scope? Named(RegistrySnapshot registry, string name, IReadOnlyList<string> scenarios) => name switch
    {
        "members" => Scope.Having(name, Members, Home),
        "partners" => Scope.Having(name, [.. ScoStatus.Statuses.Except(Members)], Home),
        "family" => Scope.Having(name, ScoStatus.Statuses, Home),
        "world" => Listing(registry, name, scenarios, _ => true),
        _ when name.StartsWith(CountryPrefix, StringComparison.Ordinal) =>
            Listing(registry, name, scenarios, country => country.Id == name[CountryPrefix.Length..]),
        _ when name.StartsWith(RegionPrefix, StringComparison.Ordinal) =>
            Listing(registry, name, scenarios, country => IsNamed(country, name[RegionPrefix.Length..])),
        _ => null,
    };

    private static Scope? Listing(RegistrySnapshot registry, string name, IReadOnlyList<string> scenarios, Func<Country, bool> wanted)
    {
        var ids = registry.Of(Country.Type).Live.Where(country => scenarios.Contains(country.Scenario) && country.Id != Home && wanted(country))
            .Select(country => country.Id).ToList();
        return ids.Count == 0 ? null : Scope.Listing(name, ids);
    }

    private static bool IsNamed(Country country, string region) =>
        string.Equals(country.RegionEn, region, StringComparison.OrdinalIgnoreCase) || country.RegionZh == region;
}
