using FriendCity.Storage;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Kpis;

public sealed class KpiRequestTests(Azurite azurite)
{
    private static readonly TimeZoneInfo Qingdao = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Theory]
    [InlineData("view=soon", "view:")]
    [InlineData("asOf=2024-02-30", "asOf:")]
    [InlineData("asOf=25.03.2024", "asOf:")]
    [InlineData("baseline=x", "baseline:")]
    [InlineData("scope=NOWHERE", "scope:")]
    [InlineData("scenarios=ARTICLE,RUMOUR", "scenarios:")]
    [InlineData("asof=2024-03-25", "asof:")]
    [InlineData("window=0", "window:")]
    [InlineData("window=121", "window:")]
    [InlineData("asOf=2024-03-25&asOf=2024-03-26", "asOf:")]
    public async Task A_parameter_that_cannot_be_honoured_is_refused_by_name(string query, string detail)
    {
        var answer = await (await azurite.SampleOfficeAsync()).SendAsync("GET", $"/api/v1/kpis?{query}");
        Assert.Equal((400, "bad_parameter"), (answer.Status, answer.Code));
        Assert.StartsWith(detail, (string?)answer.Body!["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_says_what_was_asked()
    {
        var answer = await (await azurite.SampleOfficeAsync())
            .GetAsync("/api/v1/kpis?asOf=2021-10-14&scope=SCO17_ARTICLE&scenarios=ARTICLE,PUBLIC_UPDATE&baseline=2018-06-09");
        Assert.Equal(["asOf", "scope", "scenarios", "baseline", "knownAt", "window", "values"], answer.Properties()
            .Select(property => property.Name));
        Assert.Equal(("2021-10-14", "SCO17_ARTICLE", "2018-06-09"), ((string?)answer["asOf"], (string?)answer["scope"], (string?)answer["baseline"]));
        Assert.Equal(["ARTICLE", "PUBLIC_UPDATE"], answer["scenarios"]!.Select(each => (string?)each));
        Assert.Equal(
            ["kpi", "dimensions", "value", "items", "unit", "numerator", "denominator", "rows", "rowsHash", "evidence", "definitionVersion",
                "reason"],
            ((JObject)answer["values"]![0]!).Properties().Select(property => property.Name));
    }

    [Fact]
    public async Task Without_parameters_figures_are_of_storages_today_in_the_live_scope_with_all_evidence()
    {
        // The machine is years behind: which day it is, storage tells.
        await using var app = await azurite.OfficeAsync(sample: true,
            builder => builder.Services.AddSingleton<TimeProvider>(new ShiftedClock(new DateTimeOffset(2024, 12, 31, 16, 0, 0, TimeSpan.Zero))));
        var before = Today();
        var answer = await app.GetAsync("/api/v1/kpis");
        Assert.Contains((string?)answer["asOf"], new[] { before, Today() });
        Assert.Equal("SCO_LIVE", (string?)answer["scope"]);
        Assert.Equal(3, answer["scenarios"]!.Count());
    }

    [Theory]
    [InlineData("2024-12-31T15:59:58Z", "2024-12-31")]
    [InlineData("2024-12-31T16:00:00Z", "2025-01-01")] // midnight in Qingdao
    public void Today_is_the_offices_day_by_storages_clock(string now, string day)
    {
        var (machine, storage) = (new FakeClock(new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero)),
            DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        var clock = new StorageClock(machine);
        var calendar = new OfficeCalendar(machine, clock, Qingdao);
        Assert.Equal(new DateOnly(2031, 5, 6), calendar.Today);
        clock.Observe(storage, machine.GetTimestamp(), machine.GetTimestamp());
        Assert.Equal(day, calendar.Today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_reason_is_told_in_the_readers_language()
    {
        var app = await azurite.SampleOfficeAsync();
        var answer = await app.SendAsync("GET", "/api/v1/kpis?view=article&baseline=2001-01-01", headers: ("Accept-Language", "zh-CN"));
        Assert.Equal("基线日没有城市。", (string?)answer.Body!["values"]!.First(value => (string?)value["kpi"] == "K06")["reason"]);
    }

    [Fact]
    public async Task The_window_is_how_far_dormancy_looks_back()
    {
        var app = await azurite.SampleOfficeAsync();
        var dormant = new List<int>();
        foreach (var window in new[] { 1, 12, 120 })
            dormant.Add((int)(await app.GetAsync($"/api/v1/kpis/K13?view=article&window={window}"))["values"]![0]!["value"]!);
        Assert.Equal(5, dormant[1]);
        Assert.Equal((int)(await app.GetAsync("/api/v1/kpis/K13?view=article"))["values"]![0]!["value"]!, dormant[1]);
        Assert.True(dormant[0] > dormant[1] && dormant[1] > dormant[2], string.Join(' ', dormant));
    }

    private static string Today() =>
        TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), Qingdao).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
