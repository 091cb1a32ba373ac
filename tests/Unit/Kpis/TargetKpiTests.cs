using System.Globalization;
using FriendCity.Kpis.Alerts;
using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Kpis;

public sealed class TargetKpiTests
{
    /// <summary>A day in the middle of 2022 and 2023: half of the time has passed.</summary>
    private static readonly DateOnly Day = new(2022, 12, 31);

    /// <summary>Two cities have been silent since the beginning of 2022, and before.</summary>
    private static Rows Silent =>
        Rows.TwoCountries().Tie("R1", "A1", stages: "FRIEND_CITY 2010-01-01").Tie("R2", "B1", stages: "FRIEND_CITY 2010-01-01");

    /// <summary>Issue 14, 4: 16 of at most 100 dormant cities was critical, and 16 of at most 2 was reached more than eightfold.</summary>
    [Theory]
    [InlineData("K13", null, 100, 1, 1, null)] // far fewer than allowed
    [InlineData("K13", null, 2, 1, 1, null)] // just as many as allowed
    [InlineData("K13", null, 1, 0.5, 0.75, "warning")] // two, planned for the day: one and a half
    [InlineData("K13", null, 0, 0, 0.5, "warning")] // two, planned for the day: one
    [InlineData("K03", null, 2, 1, 2, null)]
    [InlineData("K03", null, 4, 0.5, 1, null)]
    [InlineData("K03", null, 8, 0.25, 0.5, "warning")]
    [InlineData("K03", null, 20, 0.1, 0.2, "critical")]
    [InlineData("K42", "open", 1, 1, 1, null)] // a measure of its own direction: none are open
    [InlineData("K15", "withoutValue", 3, 1, 1, null)]
    public void A_target_is_reached_in_the_direction_of_its_figure(string kpi, string? measure, int aim, double attainment, double pace,
        string? alert)
    {
        var rows = Silent.Add("targets", "T",
            $"{{'status':'official','kpiId':'{kpi}','targetValue':{aim},'periodStart':'2022-01-01','periodEnd':'2023-12-31'{(measure is null ? "" : $",'dimension':'{measure}'")}}}");
        var registry = rows.Registry;
        var context = new KpiContext(registry, Day, registry.Of(Scope.Type).Get("S")!, Provenance.AllScenarios, new DateOnly(2018, 6, 9));
        var figures = TargetKpis.Attainment.Figures(context);
        Assert.Equal(attainment, figures.Single(figure => figure.Measure == "attainment").Value!.Value, 1e-9);
        Assert.Equal(pace, figures.Single(figure => figure.Measure == "pace").Value!.Value, 1e-9);
        Assert.Equal(alert, WorkAlerts.Target.Find(context).SingleOrDefault()?.Severity.ToString().ToLowerInvariant());
    }

    [Theory]
    [InlineData("2023-12-31", "2022-01-01", "2022-06-30", 1.0)] // over since
    [InlineData("2023-12-31", "2023-12-31", "2023-12-31", 1.0)] // one day
    [InlineData("2021-12-31", "2022-01-01", "2022-06-30", null)] // not begun
    public void A_pace_is_of_the_time_that_has_passed(string day, string start, string end, double? pace)
    {
        var registry = Silent.Add("targets", "T",
            $"{{'status':'official','kpiId':'K03','targetValue':2,'periodStart':'{start}','periodEnd':'{end}'}}").Registry;
        var context = new KpiContext(registry, DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), registry.Of(Scope.Type)
            .Get("S")!,
            Provenance.AllScenarios, new DateOnly(2018, 6, 9));
        var figure = TargetKpis.Attainment.Figures(context).Single(each => each.Measure == "pace");
        Assert.Equal((pace, pace is null), (figure.Value, figure.Reason is not null));
    }

    /// <summary>A rule keeps the days of a target in order, none those of its milestone: this was 0 days long, and no number.</summary>
    [Fact]
    public void A_plan_period_that_begins_after_the_target_ends_breaks_nothing()
    {
        var registry = Silent.Add("milestones", "M", "{'nameEn':'m','nameZh':'m','kind':'plan_period','date':'2022-07-01','endDate':'2025-12-31'}")
            .Add("targets", "T", "{'status':'official','kpiId':'K03','targetValue':2,'milestoneId':'M','periodEnd':'2022-06-30'}").Registry;
        for (var day = new DateOnly(2022, 6, 29); day < new DateOnly(2022, 7, 3); day = day.AddDays(1))
            Assert.All(TargetKpis.Attainment.Figures(new KpiContext(registry, day, registry.Of(Scope.Type).Get("S")!, Provenance.AllScenarios, day)),
                figure => Assert.True(figure.Value is not { } value || double.IsFinite(value)));
    }

    [Theory]
    [InlineData("K15", "withoutValue", Better.Lower)]
    [InlineData("K16", "withoutValue", Better.Lower)]
    [InlineData("K24", "withoutCentre", Better.Lower)]
    [InlineData("K25", "longestGap", Better.Lower)]
    [InlineData("K40", "openConflicts", Better.Lower)]
    [InlineData("K42", "open", Better.Lower)]
    [InlineData("K42", "closedOnTime", null)]
    [InlineData("K15", "value", null)]
    public async Task A_measure_that_should_move_another_way_than_its_figure_says_so(string kpi, string measure, object? better)
    {
        var registry = await SampleRegistry.LoadAsync();
        var context = new KpiContext(registry, new DateOnly(2024, 3, 25), KpiScopes.Find(registry, "SCO17_ARTICLE")!, Provenance.AllScenarios,
            new DateOnly(2018, 6, 9));
        Assert.Contains(KpiCatalogue.Find(kpi)!.Figures(context),
            figure => figure.Measure == measure && figure.Value is not null && figure.Better == (Better?)better);
    }
}
