using System.Globalization;
using FriendCity.Kpis.Alerts;
using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Registry;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Kpis;

/// <summary>What the view <c>now</c> says in November 2026, with everything that was published by then.</summary>
public sealed class UpdatedFiguresTests
{
    private static readonly DateOnly Today = new(2026, 11, 28);

    [Theory]
    [InlineData("K01/computed", "16")]
    [InlineData("K01/reported", "95")]
    [InlineData("K02/computed", "12")]
    [InlineData("K02/reported", "54")]
    [InlineData("K03", "17")]
    [InlineData("K04", "12")]
    [InlineData("K05/broad", "12/26")]
    [InlineData("K05/formal", "11/26")]
    [InlineData("K07/INTENTION", "2")]
    [InlineData("K07/FRIENDLY_COOPERATION", "10")]
    [InlineData("K07/FRIEND_CITY", "5")]
    [InlineData("K11", "AE AF BH EG IR KW LA MM MN MV NP QA SA TR")]
    [InlineData("K22/LAND", "MNULN")]
    [InlineData("K22/MARITIME", "IRBND")]
    [InlineData("K23", "5/7")]
    [InlineData("K26", "26/56")]
    [InlineData("K37", "12")]
    [InlineData("K39/due", "20")]
    [InlineData("K39/missing", "18")]
    [InlineData("K41/T01/attainment", "95/100")]
    [InlineData("K43/cities", "79")]
    [InlineData("K43/countries", "42")]
    [InlineData("K44", "81")]
    [InlineData("K44/2022", "81")]
    public async Task A_figure_of_today_is_what_was_published(string figure, string expected)
    {
        var parts = figure.Split('/');
        var context = await ContextAsync();
        var found = Assert.Single(KpiCatalogue.Find(parts[0])!.Figures(context),
            each => parts[1..].SequenceEqual(new[] { each.Dimension?.Value, each.Measure }.OfType<string>()));
        Assert.Equal(expected, expected.Contains('/', StringComparison.Ordinal) ? $"{found.Numerator}/{found.Denominator}"
            : found.Items is { Count: > 0 } items && char.IsLetter(expected[0]) ? string.Join(' ', items)
            : found.Value?.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Two papers with Yerevan and Minsk, published later, name no term either; that with Tbilisi lies outside the scope.</summary>
    [Theory]
    [InlineData("due", 18)]
    [InlineData("missing", 16)]
    public async Task Before_the_papers_of_the_update_two_agreements_fewer_asked_for_a_decision(string measure, int expected)
    {
        string[] papers = ["AG-S24", "AG-R13-20230620", "AG-R17-20250719"];
        var (registry, now) = (await SampleRegistry.LoadAsync((_, record) => !papers.Contains(record.Id, StringComparer.Ordinal)), Sample.Views.Now);
        var context = now.On(registry, Today)!;
        Assert.Equal(expected, KpiCatalogue.Find("K39")!.Figures(context).Single(figure => figure.Measure == measure).Value);
    }

    [Fact]
    public async Task Rows_of_public_pages_raise_the_quality_of_the_data() => Assert.Equal(
        0.403, KpiCatalogue.Find("K40")!.Figures(await ContextAsync()).First(figure => figure.Dimension is null).Value!.Value, 0.0005);

    [Fact]
    public async Task Targets_of_a_period_that_is_over_are_told_as_ended_and_ask_nobody_to_act()
    {
        var alerts = WorkAlerts.Target.Find(await ContextAsync()).ToList();
        Assert.NotEmpty(alerts);
        Assert.All(alerts, alert => Assert.Equal((Severity.Info, new DateOnly(2026, 1, 1)), (alert.Severity, alert.Since)));
        Assert.Contains(alerts, alert => alert.Message.En
            == "The period of the target for \"Formal friend cities worldwide\" ended on 2025-12-31; the last value known is 95 of 100.");
        Assert.All(WorkAlerts.Target.Find((await ContextAsync()).On(new DateOnly(2025, 12, 31))),
            alert => Assert.Contains("of what the pace", alert.Message.En, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_sources_disagree_on_stays_a_conflict_and_moves_no_stage()
    {
        var registry = await SampleRegistry.LoadAsync();
        Assert.Equal(["SC-ANTALYA", "SC-BISHKEK", "SC-KANDY", "SC-KAZAN", "SC-PERM", "SC-YEREVAN"],
            registry.Of(SourceConflict.Type).Live.Where(conflict => conflict.State == "open").Select(conflict => conflict.Id).Order());
        Assert.Equal(["INTENTION"], registry.Of(Relationship.Type).Get("R16")!.Stages.Select(stage => stage.Stage));
    }

    [Fact]
    public async Task Every_published_series_says_which_area_it_is_about()
    {
        var published = (await SampleRegistry.LoadAsync()).Of(ReportedFigure.Type).Live
            .Select(figure => PublishedSeries.Find(figure.Indicator)).OfType<PublishedSeries>().Distinct().ToList();
        Assert.Equal(PublishedSeries.All.Count, published.Count);
        Assert.Equal(["SCODA", "Jiaozhou city", "Qingdao port"], PublishedSeries.All.Select(series => series.Area.En).Distinct());
    }

    private static async Task<KpiContext> ContextAsync()
    {
        var (registry, now) = (await SampleRegistry.LoadAsync(), Sample.Views.Now);
        return now.On(registry, Today)!;
    }
}
