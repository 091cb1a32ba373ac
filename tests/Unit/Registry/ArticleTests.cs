using System.Text.RegularExpressions;
using FriendCity.Kpis.Definitions;
using FriendCity.Messages;
using FriendCity.Registry;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.Registry;

/// <summary>docs/article.md says where each fact of the article is kept; here it is held to that.</summary>
public sealed partial class ArticleTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Sample.Folder, "..", "..", "docs", "article.md"));

    private static readonly IReadOnlyList<(string Id, string Where)> Facts =
        [.. FactRow().Matches(Page).Select(row => (row.Groups["id"].Value, row.Groups["where"].Value))];

    private static readonly IReadOnlyList<(string Name, string Where)> Tables =
        [.. TableRow().Matches(Page[Page.IndexOf("## Where the sample's tables went", StringComparison.Ordinal)..])
            .Where(row => row.Groups["name"].Value != "table").Select(row => (row.Groups["name"].Value, row.Groups["where"].Value))];

    [Fact]
    public void Each_of_the_98_facts_has_exactly_one_line() =>
        Assert.Equal(Enumerable.Range(1, 98).Select(n => $"F{n:D2}"), Facts.Select(fact => fact.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_fact_names_a_field_a_figure_or_the_reason_for_leaving_it_out() =>
        Assert.DoesNotContain(Facts, fact => !Code().IsMatch(fact.Where) && !Figure().IsMatch(fact.Where) && !LeftOut().IsMatch(fact.Where));

    [Fact]
    public void Each_field_that_the_page_names_exists()
    {
        var named = Facts.SelectMany(fact => Code().Matches(fact.Where).Select(code => $"{fact.Id} {code.Groups["code"].Value}")).ToList();
        Assert.True(named.Count > 100);
        Assert.DoesNotContain(named, each => !Exists(each[4..]));
    }

    [Theory]
    [InlineData("cities.nameEn", true)]
    [InlineData("networks.nodes.cityId", true)]
    [InlineData("cities.nothing", false)]
    [InlineData("nowhere.nameEn", false)]
    [InlineData("networks.nodes.nothing", false)]
    [InlineData("cities.nameEn.nothing", false)]
    [InlineData("scopes.countryIds.nothing", false)]
    [InlineData("cities", false)]
    public void A_field_that_does_not_exist_is_noticed(string place, bool exists) => Assert.Equal(exists, Exists(place));

    [Fact]
    public void Each_figure_is_answered_or_listed_as_planned_and_never_both()
    {
        var answered = KpiCatalogue.All.Select(kpi => kpi.Id).ToHashSet();
        var planned = Figure().Matches(Page.Split('\n').Single(line => line.StartsWith("Planned figures", StringComparison.Ordinal)))
            .Select(each => each.Value).ToList();
        var named = Facts.SelectMany(fact => Figure().Matches(fact.Where).Select(each => each.Value)).ToHashSet();
        Assert.DoesNotContain(planned, answered.Contains);
        Assert.DoesNotContain(named, figure => !answered.Contains(figure) && !planned.Contains(figure));
        Assert.DoesNotContain(planned, figure => !named.Contains(figure));
    }

    [Fact]
    public void Each_table_of_the_sample_has_its_record_types_or_the_reason_for_leaving_it_out()
    {
        Assert.Equal(
            [
                "activities", "centres", "cities", "city_sector_profile", "countries", "country_scopes", "expected_metrics", "fx_rates",
                "global_aggregate", "global_illustrative",
                "home_sector_demand", "hubs", "kpi_catalogue", "mechanisms", "platform_embeddings", "platforms", "policy_profiles", "projects",
                "region_strategies",
                "relationship_stages", "relationships", "sco_status", "sectors", "targets",
            ],
            Tables.Select(table => table.Name));
        foreach (var (name, where) in Tables)
        {
            var types = Code().Matches(where).Select(code => code.Groups["code"].Value).ToList();
            Assert.True(types.Count > 0 || LeftOut().IsMatch(where), name);
            Assert.All(types, type => Assert.NotNull(RegistryTypes.All.Find(type)));
        }
    }

    /// <summary>Asked of the record type itself: what it does not know, it refuses as an unknown field.</summary>
    private static bool Exists(string place)
    {
        var parts = place.Split('.');
        if (RegistryTypes.All.Find(parts[0]) is not { } type)
            return false;

        var validation = new ValidationContext();
        switch (parts)
        {
            case [_, var field]:
                type.Read(new JObject { [field] = null }, validation);
                return validation.Violations.All(violation => violation.Pointer != $"/{field}" || violation.Rule == "required");
            case [_, var list, var field]:
                type.Read(new JObject { [list] = new JArray(new JObject { [field] = null }) }, validation);
                return validation.Violations.All(violation => !violation.Pointer.StartsWith($"/{list}", StringComparison.Ordinal)
                    || violation.Rule == "required");
            default:
                return false;
        }
    }

    [GeneratedRegex(@"^\| (?<id>F\d\d) \| [^|]+ \| (?<where>[^|]+) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FactRow();

    [GeneratedRegex(@"^\| (?<name>[a-z_]+) \| (?<where>[^|]+) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TableRow();

    [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\bK\d\d\b", RegexOptions.None, 1000)]
    private static partial Regex Figure();

    [GeneratedRegex(@"left out: \w+", RegexOptions.None, 1000)]
    private static partial Regex LeftOut();
}
