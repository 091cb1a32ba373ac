using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Kpis;

public sealed class TieKpiTests
{
    private static readonly DateOnly Day = new(2022, 1, 1);

    [Fact]
    public void A_city_counts_from_the_day_of_its_first_stage()
    {
        var rows = Rows.TwoCountries().Tie("R1", "A1", stages: "INTENTION 2021-05-01");
        Assert.Equal(0, Value(rows, "K03", asOf: new DateOnly(2021, 4, 30)));
        Assert.Equal(1, Value(rows, "K03", asOf: new DateOnly(2021, 5, 1)));
    }

    [Theory]
    [InlineData("ENDED")]
    [InlineData("SUSPENDED")]
    public void A_tie_is_not_counted_from_the_day_it_ends(string end)
    {
        var rows = Rows.TwoCountries().Tie("R1", "A1", stages: ["FRIEND_CITY 2010-01-01", $"{end} 2021-06-01"]);
        Assert.Equal(1, Value(rows, "K03", asOf: new DateOnly(2021, 5, 31)));
        Assert.Equal(0, Value(rows, "K03", asOf: new DateOnly(2021, 6, 1)));
        Assert.Equal(0, Value(rows, "K07", "FRIEND_CITY", asOf: new DateOnly(2021, 6, 1)));
    }

    [Fact]
    public void A_contact_is_not_yet_in_the_circle() =>
        Assert.Equal(0, Value(Rows.TwoCountries().Tie("R1", "A1", stages: "CONTACT 2020-01-01"), "K03"));

    [Fact]
    public void A_district_tie_does_not_leak_into_the_city_figures() =>
        Assert.Equal(0, Value(Rows.TwoCountries().Tie("R1", "A1", level: "district", stages: "FRIEND_CITY 2020-01-01"), "K03"));

    [Fact]
    public void Two_relationships_with_one_city_count_once_at_the_higher_stage()
    {
        var rows = Rows.TwoCountries().Tie("R1", "A1", stages: "FRIEND_CITY 2010-01-01").Tie("R2", "A1", stages: "INTENTION 2021-01-01");
        Assert.Equal(1, Value(rows, "K03"));
        Assert.Equal(1, Value(rows, "K07", "FRIEND_CITY"));
    }

    [Fact]
    public void Evidence_of_another_scenario_is_left_out_down_to_the_single_stage()
    {
        var rows = Rows.TwoCountries().Tie("R1", "A1", stages: ["INTENTION 2020-01-01", "FRIEND_CITY 2021-01-01 public PUBLIC_UPDATE"]);
        Assert.Equal(1, Value(rows, "K07", "INTENTION", scenarios: ["OFFICE"]));
        Assert.Equal(1, Value(rows, "K07", "FRIEND_CITY", scenarios: ["OFFICE", "PUBLIC_UPDATE"]));
        Assert.Equal(0, Value(rows, "K03", scenarios: ["PUBLIC_UPDATE"]));
    }

    [Fact]
    public void Formal_coverage_stands_beside_broad_coverage()
    {
        var rows = Rows.TwoCountries().Tie("R1", "A1", stages: "INTENTION 2020-01-01").Tie("R2", "B1", stages: "FRIENDLY_COOPERATION 2020-01-01");
        Assert.Equal(1, Value(rows, "K05", "broad"));
        Assert.Equal(0.5, Value(rows, "K05", "formal"));
    }

    [Fact]
    public void The_live_scope_follows_the_statuses_of_the_day()
    {
        var rows = Rows.TwoCountries();
        Assert.Equal(["AA"], Figure(rows, "K11", scope: "L", asOf: new DateOnly(2014, 1, 1)).Items);
        Assert.Equal(["AA", "BB"], Figure(rows, "K11", scope: "L", asOf: new DateOnly(2019, 12, 31)).Items);
        Assert.Equal(["BB"], Figure(rows, "K11", scope: "L", asOf: new DateOnly(2020, 1, 1)).Items);
    }

    [Fact]
    public void Growth_without_a_baseline_is_unknown_with_a_reason_never_zero()
    {
        var figure = Figure(Rows.TwoCountries().Tie("R1", "A1", stages: "INTENTION 2020-01-01"), "K06", "broad");
        Assert.Null(figure.Value);
        Assert.NotNull(figure.Reason);
        Assert.Equal(1, figure.Numerator);
    }

    [Fact]
    public void Coverage_of_a_scope_without_countries_is_unknown_with_a_reason()
    {
        var figure = Figure(Rows.TwoCountries(), "K05", "broad", scope: "L", asOf: new DateOnly(2001, 1, 1));
        Assert.Null(figure.Value);
        Assert.NotNull(figure.Reason);
    }

    [Fact]
    public void A_value_rests_on_the_weakest_source_of_each_row()
    {
        var rows = Rows.TwoCountries().Tie("R1", "A1", source: "article", stages: "INTENTION 2020-01-01 illustrative")
            .Tie("R2", "B1", source: "public", stages: "INTENTION 2020-01-01 article");
        var value = Values(rows).Single(value => value.Kpi.Id == "K03");
        Assert.Equal(1, value.Evidence["illustrative"]);
        Assert.Equal(1, value.Evidence["public"]);
        Assert.Equal(0, value.Evidence["article"]);
    }

    [Fact]
    public void A_relationship_whose_city_is_missing_is_left_out_and_the_figure_says_so()
    {
        var figure = Figure(Rows.TwoCountries().Tie("R1", "GONE", stages: "FRIEND_CITY 2020-01-01").Tie("R2", "A1", stages: "FRIEND_CITY 2020-01-01"),
            "K03");
        Assert.Equal(1, figure.Value);
        Assert.Contains("R1", figure.Reason!.En, StringComparison.Ordinal);
        Assert.Null(Figure(Rows.TwoCountries().Tie("R2", "A1", stages: "FRIEND_CITY 2020-01-01"), "K03").Reason);
    }

    [Fact]
    public void The_hash_names_the_rows_and_their_versions()
    {
        static string Hash(long version) => Values(Rows.TwoCountries().Add(
            "relationships", "R1", "{'homeCityId':'H','homeEntityLevel':'city','cityId':'A1','stages':[{'stage':'INTENTION','date':'2020-01-01'}]}",
            version)).Single(value => value.Kpi.Id == "K03").RowsHash;
        Assert.Equal(Hash(1), Hash(1));
        Assert.NotEqual(Hash(1), Hash(2));
    }

    [Fact]
    public void An_intention_is_stale_after_365_days_and_a_city_silent_after_12_months()
    {
        var rows = Rows.TwoCountries().Tie("R1", "A1", stages: "INTENTION 2021-01-01").Tie("R2", "B1", stages: "INTENTION 2020-12-31")
            .Add("activities", "X", "{'type':'FORUM','titleEn':'x','titleZh':'x','date':'2021-01-01','cityIds':['A1'],'countryIds':['AA']}");
        Assert.Equal(["B1"], Figure(rows, "K10").Items);
        Assert.Equal(["B1"], Figure(rows, "K13").Items);
        Assert.Equal(["A1", "B1"], Figure(rows, "K13", asOf: Day.AddDays(1)).Items);
    }

    private static double? Value(Rows rows, string kpi, string? dimension = null, DateOnly? asOf = null, string[]? scenarios = null) =>
        Figure(rows, kpi, dimension, asOf: asOf, scenarios: scenarios).Value;

    private static Figure Figure(Rows rows, string kpi, string? dimension = null, string scope = "S", DateOnly? asOf = null,
        string[]? scenarios = null) =>
        Values(rows, scope, asOf, scenarios).Single(value => value.Kpi.Id == kpi
            && (dimension is null || value.Figure.Dimension?.Value == dimension)).Figure;

    private static List<KpiValue> Values(Rows rows, string scope = "S", DateOnly? asOf = null, string[]? scenarios = null)
    {
        var registry = rows.Registry;
        return [.. KpiCatalogue.Values(new KpiContext(registry, asOf ?? Day, registry.Of(Scope.Type).Get(scope)!, scenarios
            ?? Provenance.AllScenarios,
            new DateOnly(2018, 6, 9)))];
    }
}
