using FriendCity.Tests.Integration.Snapshots;
using Microsoft.Azure.Functions.Worker;

namespace FriendCity.Tests.Faults;

/// <summary>The night's snapshot when the program was not there at its instant, 18:00 UTC, which is 02:00 in the office.</summary>
public sealed class TimerNightTests
{
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
        var fixture = await SnapshotFixture.OpenAsync();
        fixture.Clock.Advance(DateTimeOffset.Parse(now, null) - fixture.Clock.GetUtcNow());
        var status = next is null ? null : new ScheduleStatus { Next = DateTimeOffset.Parse(next, null).UtcDateTime };
        await fixture.Nightly.RunAsync(new TimerInfo { ScheduleStatus = status }, TestContext.Current.CancellationToken);
        Assert.Equal(day, fixture.Json("current.json").GetProperty("snapshotDate").GetString());
    }
}
