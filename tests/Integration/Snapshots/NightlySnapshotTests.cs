using FriendCity.Storage;
using Microsoft.Azure.Functions.Worker;

namespace FriendCity.Tests.Integration.Snapshots;

public sealed class NightlySnapshotTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(6, "2026-11-22")] // 18:00 UTC: two in the morning of the 23rd in the office
    [InlineData(3, "2026-11-21")] // 15:00 UTC: the office's 22nd has an hour to go
    public async Task The_night_makes_the_snapshot_of_the_office_day_that_has_ended(int hours, string day)
    {
        var fixture = await SnapshotFixture.OpenAsync();
        fixture.Clock.Advance(TimeSpan.FromHours(hours));
        await fixture.Nightly.RunAsync(new TimerInfo(), Token);
        Assert.Equal((day, false), (fixture.Json("current.json").GetProperty("snapshotDate").GetString(), fixture.Json("current.json")
            .GetProperty("published")[0].GetProperty("provisional").GetBoolean()));
        fixture.Audit();
    }

    [Fact]
    public async Task A_timer_that_fires_twice_makes_one_snapshot()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        await fixture.Nightly.RunAsync(new TimerInfo(), Token);
        var id = fixture.CurrentId();
        await fixture.Nightly.RunAsync(new TimerInfo(), Token);
        Assert.Equal(id, fixture.CurrentId());
        Assert.Contains(fixture.Log.Lines, line => line.Message.StartsWith("Skipped: 2026-11-21 has its snapshot", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_night_takes_the_place_of_a_provisional_snapshot_of_its_day()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var provisional = await fixture.PublishAsync(SnapshotFixture.Provisional(21));
        await fixture.Nightly.RunAsync(new TimerInfo(), Token);
        Assert.Equal([(fixture.CurrentId()!, null), (provisional.Id, fixture.CurrentId())], (await fixture.Store.PublishedAsync(Token))
            .Select(each => (each.Id, each.SupersededBy)));
    }

    [Fact]
    public async Task A_night_that_meets_another_run_waits_for_it_and_is_not_lost()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        await fixture.Store.PrepareAsync(Token);
        Assert.NotNull(await fixture.Blobs.AcquireLeaseAsync(fixture.Store.Current, TimeSpan.FromSeconds(60), Token));
        await RunAsync(fixture, fixture.Nightly.RunAsync(new TimerInfo(), Token));
        Assert.Contains(fixture.Log.Lines, line => line.Message.StartsWith("Another run is writing a snapshot; waiting for it (1 of ",
            StringComparison.Ordinal));
        Assert.Equal("2026-11-21", fixture.Json("current.json").GetProperty("snapshotDate").GetString());
    }

    [Fact]
    public async Task A_night_that_waits_in_vain_is_seen_to_fail()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        await fixture.Store.PrepareAsync(Token);
        var lease = (await fixture.Blobs.AcquireLeaseAsync(fixture.Store.Current, TimeSpan.FromSeconds(60), Token))!;
        var night = RunAsync(fixture, fixture.Nightly.RunAsync(new TimerInfo(), Token),
            () => fixture.Blobs.RenewLeaseAsync(fixture.Store.Current, lease, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => night);
        Assert.Null(fixture.CurrentId());
    }

    /// <summary>Moves the clock on whenever the night waits for it, until the night ends.</summary>
    private static async Task RunAsync(SnapshotFixture fixture, Task night, Func<Task>? meanwhile = null)
    {
        while (await Task.WhenAny(night, fixture.Clock.UntilWaitingAsync()) != night)
        {
            if (meanwhile is not null)
                await meanwhile();
            fixture.Clock.Advance(TimeSpan.FromSeconds(15));
        }

        await night;
    }

    [Fact]
    public async Task A_night_that_fails_is_seen_to_fail()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        fixture.Blobs.Harm = (10, BlobFault.Refuse);
        await Assert.ThrowsAsync<StorageException>(() => fixture.Nightly.RunAsync(new TimerInfo(), Token));

        fixture.Blobs.Heal();
        fixture.Blobs.Before = (verb, path) =>
        {
            if (verb == "put" && path == "current.json")
                fixture.Blobs.BreakLeases();
            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => fixture.Nightly.RunAsync(new TimerInfo(), Token));
        Assert.Null(fixture.CurrentId());
    }
}
