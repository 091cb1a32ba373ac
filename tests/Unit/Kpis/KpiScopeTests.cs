using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Kpis;

public sealed class KpiScopeTests
{
    private static readonly DateOnly Before = new(2019, 12, 31);

    [Theory]
    [InlineData("members", "BB")]
    [InlineData("partners", "AA")]
    [InlineData("family", "AA BB")]
    [InlineData("world", "AA BB")]
    [InlineData("country:BB", "BB")]
    [InlineData("S", "AA BB")]
    public void A_scope_by_name_holds_its_countries_of_the_day_and_never_the_home_country(string scope, string countries) =>
        Assert.Equal(countries, Countries(scope, Before));

    [Fact]
    public void Membership_follows_the_day() => Assert.Equal("BB", Countries("family", Before.AddDays(1)));

    [Theory]
    [InlineData("region:Central Asia")]
    [InlineData("region:central asia")]
    [InlineData("region:中亚")]
    public async Task A_region_is_named_in_either_language(string scope)
    {
        var registry = await SampleRegistry.LoadAsync();
        Assert.Equal(["KG", "KZ", "TJ", "UZ"], KpiScopes.Find(registry, scope)!.CountryIds);
    }

    [Theory]
    [InlineData("country:CN")]
    [InlineData("country:XX")]
    [InlineData("region:Atlantis")]
    [InlineData("region:")]
    [InlineData("Members")]
    public void What_names_no_country_is_no_scope(string scope) => Assert.Null(KpiScopes.Find(Rows.TwoCountries().Registry, scope));

    /// <summary>What a refusal offers is copied from it: the words stand in it as they are read.</summary>
    [Theory]
    [InlineData("members")]
    [InlineData("partners")]
    [InlineData("family")]
    [InlineData("world")]
    [InlineData("region:")]
    [InlineData("country:")]
    public void The_words_are_offered_as_they_are_read(string word)
    {
        Assert.Contains(word, KpiScopes.Offered.En, StringComparison.Ordinal);
        Assert.Contains(word, KpiScopes.Offered.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scope_that_the_office_keeps_goes_before_a_word() =>
        Assert.Equal("AA", Countries("members", Before, Rows.TwoCountries()
            .Add("scopes", "members", "{'nameEn':'M','nameZh':'M','kind':'list','countryIds':['AA']}")));

    /// <summary>A record of other evidence than was asked for takes no word's place, and is found where there is no such word.</summary>
    [Theory]
    [InlineData("members", "ARTICLE", true)]
    [InlineData("members", "PUBLIC_UPDATE", false)]
    [InlineData("mine", "ARTICLE", true)]
    [InlineData("mine", "PUBLIC_UPDATE", true)]
    public void A_scope_of_other_evidence_takes_no_words_place(string name, string asked, bool isRecord)
    {
        var registry = Rows.TwoCountries()
            .Add("scopes", name, "{'nameEn':'M','nameZh':'M','kind':'list','countryIds':['AA'],'scenario':'ARTICLE'}").Registry;
        Assert.Equal(isRecord, ReferenceEquals(registry.Of("scopes").Find(name), KpiScopes.Find(registry, name, [asked])));
    }

    [Theory]
    [InlineData("ARTICLE", "CC")]
    [InlineData("PUBLIC_UPDATE", "")]
    public void The_world_holds_the_countries_of_the_evidence_asked_for(string asked, string countries)
    {
        var registry = Rows.TwoCountries().Add("countries", "CC", "{'nameEn':'C-land','nameZh':'丙国','scenario':'ARTICLE'}").Registry;
        Assert.Equal(countries, string.Join(' ', KpiScopes.Find(registry, "world", [asked])?.CountryIds ?? []));
    }

    private static string Countries(string scope, DateOnly day, Rows? rows = null)
    {
        var registry = (rows ?? Rows.TwoCountries()).Registry;
        var context = new KpiContext(registry, day, KpiScopes.Find(registry, scope)!, Provenance.AllScenarios, day);
        return string.Join(' ', context.Countries.Keys.Order(StringComparer.Ordinal));
    }
}
