using System.Text.Json;
using FriendCity.Hosting;
using FriendCity.Snapshots;
using FriendCity.Tests.Hosting;
using FriendCity.Tests.Snapshots;

namespace FriendCity.Tests.Faults;

/// <summary>The night's snapshot when the program was not there at its instant, 18:00 UTC, which is 02:00 in the office.</summary>
public sealed class TimerNightTests
{
    private static readonly DateTime Start = Bench.Start.UtcDateTime;

    // Started at 17:00 UTC, the office is an hour into a day whose eve has ended, but no instant has asked for that eve.
    [Theory]
    [InlineData(7, "2026-11-22")]
    [InlineData(29, "2026-11-22")]
    [InlineData(3 * 24, "2026-11-24")]
    [InlineData((3 * 24) + 5, "2026-11-24")]
    public async Task Down_over_nights_one_snapshot_is_made_of_the_day_that_had_ended_at_the_last(int hours, string day)
    {
        var bench = await Bench.OpenAsync();
        await (await StartAsync(bench)).DisposeAsync();
        bench.Clock.Advance(TimeSpan.FromHours(hours));
        await using var process = await StartAsync(bench);
        await TimerProcess.UntilAsync(() => bench.CurrentId() is not null);
        var published = Assert.Single(await bench.Store.PublishedAsync(TestContext.Current.CancellationToken));
        Assert.Equal((DateOnly.Parse(day, null), false), (published.SnapshotDate, published.Provisional));

        // The next night is its own again.
        await TimerProcess.UntilAsync(() => bench.Json("timers/night/status").GetProperty("last").ValueKind == JsonValueKind.String);
        await bench.Clock.UntilWaitingAsync();
        var next = Start.Date.AddHours(18).AddDays((hours + 17) / 24);
        TimerProcess.Set(bench.Clock, next);
        await TimerProcess.UntilAsync(() => bench.Json("current.json").GetProperty("published").GetArrayLength() == 2);
        Assert.Equal(DateOnly.FromDateTime(next).ToString("yyyy-MM-dd", null), bench.Json("current.json").GetProperty("snapshotDate").GetString());
    }

    [Theory]
    [InlineData("2026-11-22T18:00:00Z", "2026-11-22T18:00:00Z", "2026-11-22")]
    [InlineData("2026-11-22T18:00:00Z", "2026-11-23T17:59:00Z", "2026-11-22")]
    [InlineData("2026-11-22T18:00:00Z", "2026-11-25T17:00:00Z", "2026-11-24")] // the Functions host names the first that was missed
    [InlineData("2026-11-22T16:00:00Z", "2026-11-22T15:59:59Z", "2026-11-22")] // called a second early, at the office's midnight
    [InlineData("2026-11-23T18:00:00Z", "2026-11-22T20:00:00Z", "2026-11-22")] // an operator called
    [InlineData(null, "2026-11-22T20:00:00Z", "2026-11-22")]
    [InlineData("0001-01-01T00:00:00Z", "2026-11-22T20:00:00Z", "2026-11-22")]
    [InlineData("2028-02-29T18:00:00Z", "2028-03-01T17:00:00Z", "2028-02-29")]
    [InlineData("2026-12-31T18:00:00Z", "2027-01-01T16:30:00Z", "2026-12-31")]
    public async Task The_night_is_dated_by_the_instant_it_stands_for(string? next, string now, string day)
    {
        var bench = await Bench.OpenAsync();
        TimerProcess.Set(bench.Clock, DateTimeOffset.Parse(now, null).UtcDateTime);
        var status = next is null ? null : new ScheduleStatus { Next = DateTimeOffset.Parse(next, null).UtcDateTime };
        await bench.Nightly.RunAsync(new TimerInfo { ScheduleStatus = status }, TestContext.Current.CancellationToken);
        Assert.Equal(day, bench.Json("current.json").GetProperty("snapshotDate").GetString());
    }

    private static async Task<TimerProcess> StartAsync(Bench bench)
    {
        var calls = new TimerCalls();
        var process = await TimerProcess.StartAsync(
            bench.Clock, bench.Blobs, [typeof(Night)], calls, services => services.AddSingleton(bench.Nightly));
        await TimerProcess.UntilAsync(() => bench.Blobs.Bytes("timers/night/status") is not null);
        return process;
    }

    public sealed class Night(NightlySnapshot nightly)
    {
        [Function("Night")] public Task RunAsync([TimerTrigger("0 0 18 * * *")] TimerInfo timer, CancellationToken ct) => nightly.RunAsync(timer, ct);
    }
}
