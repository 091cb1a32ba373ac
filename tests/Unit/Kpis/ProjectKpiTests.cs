using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Tests.Support;
using Record = FriendCity.Records.Record;

namespace FriendCity.Tests.Unit.Kpis;

public sealed class ProjectKpiTests
{
    private const string Common = "'nameEn':'p','nameZh':'p','countryId':'AA','sectorId':'T'";

    [Theory]
    [InlineData("2018-06-09", 0)] // the baseline day itself belongs to before
    [InlineData("2018-06-10", 1)]
    [InlineData("2022-01-01", 1)]
    [InlineData("2022-01-02", 0)] // after the day
    public void An_agreement_counts_from_the_day_after_the_baseline_up_to_the_day(string agreed, int expected) =>
        Assert.Equal(expected, Measure(Project($"'status':'SIGNED','agreementDate':'{agreed}'"), "K15", "count").Value);

    [Fact]
    public void A_project_is_an_intention_until_a_dated_status_says_it_was_signed()
    {
        var rows = Project("'status':'COMPLETED','statusEvents':[{'status':'INTENTION','date':'2020-01-01'},{'status':'SIGNED','date':'2021-01-01'},{'status':'COMPLETED','date':'2023-01-01'}]");
        Assert.Equal((1, 0), (Measure(rows, "K16", "count", new DateOnly(2020, 6, 1)).Value,
            Measure(rows, "K15", "count", new DateOnly(2020, 6, 1)).Value));
        Assert.Equal((0, 1), (Measure(rows, "K16", "count").Value, Measure(rows, "K15", "count").Value));
        Assert.Equal(0, Measure(rows, "K16", "count", new DateOnly(2019, 12, 31)).Value);
    }

    [Fact]
    public void A_project_without_any_date_cannot_be_placed() => Assert.Equal(0, Measure(Project("'status':'SIGNED'"), "K15", "count").Value);

    [Theory]
    [InlineData("2020-06-01", 600)] // the last rate before the signing
    [InlineData("2021-06-01", 700)]
    [InlineData("2019-01-01", 600)] // none before: the first one after
    public void A_value_is_counted_at_the_rate_of_its_signing(string agreed, double expected) =>
        Assert.Equal(expected, Measure(Rated($"'status':'SIGNED','agreementDate':'{agreed}','plannedValue':100,'currency':'USD'"), "K15",
            "value").Value);

    [Fact]
    public void A_value_without_a_rate_is_left_out_and_said_so()
    {
        var rows = Rated("'status':'SIGNED','agreementDate':'2020-06-01','plannedValue':100,'currency':'XXX'");
        Assert.Equal(0, Measure(rows, "K15", "value").Value);
        Assert.NotNull(Measure(rows, "K15", "value").Reason);
        Assert.Equal(1, Measure(rows, "K15", "withoutValue").Value);
    }

    [Fact]
    public void A_value_at_an_illustrative_rate_is_illustrative() =>
        Assert.Equal("illustrative", Assert.Single(
            Measure(Rated("'status':'SIGNED','agreementDate':'2020-06-01','plannedValue':1,'currency':'USD','source':'public'"), "K15",
            "value").Rows).Source);

    [Fact]
    public void A_change_is_seen_by_who_asks_after_it_and_not_by_who_asked_before()
    {
        var rows = Rows.TwoCountries();
        for (var i = 0; i < 300; i++)
            rows.Add("projects", $"P{i:D3}", $"{{{Common},'status':'SIGNED','agreementDate':'2020-01-01'}}");
        var before = rows.Registry;
        Assert.Equal(300, Count(before));
        var change = new Rows().Add("projects", "P150", $"{{{Common},'status':'SIGNED','agreementDate':'2017-01-01'}}", version: 2).Registry;
        var after = before.With(new Dictionary<string, List<Record>> { ["projects"] = [.. change.Of("projects").All] }, DateTimeOffset.UnixEpoch);
        Assert.Equal((299, 300), (Count(after), Count(before)));

        static double? Count(RegistrySnapshot registry) => Measure(registry, "K15", "count").Value;
    }

    private static Rows Project(string fields) => Rows.TwoCountries().Add("projects", "P", $"{{{Common},{fields}}}");

    private static Rows Rated(string fields) => Project(fields)
        .Add("exchange-rates", "U1", "{'currency':'USD','rateToCny':6,'date':'2020-01-01','source':'illustrative'}")
        .Add("exchange-rates", "U2", "{'currency':'USD','rateToCny':7,'date':'2021-01-01','source':'illustrative'}");

    private static Figure Measure(Rows rows, string kpi, string measure, DateOnly? asOf = null) => Measure(rows.Registry, kpi, measure, asOf);

    private static Figure Measure(RegistrySnapshot registry, string kpi, string measure, DateOnly? asOf = null)
    {
        var context = new KpiContext(registry, asOf ?? new DateOnly(2022, 1, 1), registry.Of(Scope.Type).Get("S")!, Provenance.AllScenarios,
            new DateOnly(2018, 6, 9));
        return KpiCatalogue.Values(context).Single(value => value.Kpi.Id == kpi && value.Figure.Measure == measure).Figure;
    }
}
