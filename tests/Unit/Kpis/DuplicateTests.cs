using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Tests.Support;
using Record = FriendCity.Records.Record;

namespace FriendCity.Tests.Unit.Kpis;

/// <summary>Cities and countries are counted, not the records about them: whatever is on record twice counts once.</summary>
public sealed class DuplicateTests
{
    /// <summary>K08 is a share of cities; the others say so in their unit.</summary>
    public static TheoryData<string> Counted { get; } =
        [.. KpiCatalogue.All.Where(kpi => kpi.Unit is "cities" or "countries" || kpi.Id == IntentionKpis.Conversion.Id).Select(kpi => kpi.Id)];

    [Fact]
    public void These_are_the_figures_that_count_cities_or_countries() =>
        Assert.Equal(["K01", "K02", "K03", "K04", "K07", "K08", "K10", "K11", "K13", "K35", "K43"], Counted.Select(row => row.Data));

    [Theory]
    [MemberData(nameof(Counted))]
    public async Task A_tie_or_a_donation_that_is_on_record_twice_counts_once(string id)
    {
        var sample = await SampleRegistry.LoadAsync();
        foreach (var type in new[] { "relationships", "activities" })
            for (var i = 0; i < sample.Of(type).Count; i++)
            {
                if (sample.Of(type)[i] is Activity { Kind: not Activity.Donation })
                    continue;
                var copy = RegistryTypes.All.Find(type)!.FromColumns(RegistryTypes.All.Find(type)!.ToColumns(sample.Of(type)[i]));
                (copy.Id, copy.Version) = ("X", 1);
                var twice = sample.With(new Dictionary<string, List<Record>> { [type] = [copy] }, sample.AsOf);
                foreach (var view in Sample.Views.All)
                    Assert.Equal(Told(id, sample, view), Told(id, twice, view));
            }
    }

    /// <summary>Issue 14, 4: a city with two intentions was two of the cities.</summary>
    [Theory]
    [InlineData("INTENTION 2019-01-01", "INTENTION 2020-01-01", 0, 1)]
    [InlineData("INTENTION 2019-01-01,FRIEND_CITY 2020-01-01", "INTENTION 2020-06-01", 1, 1)]
    [InlineData("INTENTION 2019-01-01", "FRIENDLY_COOPERATION 2020-01-01", 1, 1)]
    [InlineData("INTENTION 2019-01-01", "FRIEND_CITY 2018-01-01", 0, 1)]
    [InlineData("FRIEND_CITY 2019-01-01", "FRIEND_CITY 2020-01-01", 0, 0)]
    public void A_city_with_two_ties_is_one_of_the_cities_that_had_an_intention(string first, string second, int converted, int cities)
    {
        var figure = Figure(Rows.TwoCountries().Tie("R1", "A1", stages: first.Split(',')).Tie("R2", "A1", stages: second.Split(',')), "K08");
        Assert.Equal((converted, cities, cities == 0 ? null : converted / (double)cities), (figure.Numerator, figure.Denominator, figure.Value));
        Assert.Equal(cities == 0, figure.Reason is not null);
    }

    [Fact]
    public void A_city_is_stale_by_its_oldest_intention_in_whatever_order_its_ties_are_on_record()
    {
        foreach (var (older, newer) in new[] { ("R1", "R2"), ("R2", "R1") })
            Assert.Equal(["A1"], Figure(Rows.TwoCountries().Tie(older, "A1", stages: "INTENTION 2019-01-01")
                .Tie(newer, "A1", stages: "INTENTION 2021-12-01"), "K10").Items);
    }

    private static Figure Figure(Rows rows, string kpi)
    {
        var registry = rows.Registry;
        return Assert.Single(KpiCatalogue.Find(kpi)!.Figures(
            new KpiContext(registry, new DateOnly(2022, 1, 1), registry.Of(Scope.Type).Get("S")!, Provenance.AllScenarios,
                new DateOnly(2018, 6, 9))));
    }

    private static List<string> Told(string kpi, RegistrySnapshot registry, KpiPreset named) =>
    [
        .. KpiCatalogue.Find(kpi)!.Figures(named.On(registry, new DateOnly(2026, 11, 22))!)
            .Select(figure => FormattableString.Invariant(
                $"{figure.Dimension} {figure.Measure} {figure.Value} {figure.Numerator} {figure.Denominator}") + ' '
                + string.Join(' ', figure.Items ?? [])),
    ];
}
