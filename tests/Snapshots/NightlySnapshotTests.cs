using FriendCity.Storage;
using Microsoft.Azure.Functions.Worker;

namespace FriendCity.Tests.Snapshots;

public sealed class NightlySnapshotTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(6, "2026-11-22")] // 18:00 UTC: two in the morning of the 23rd in the office
    [InlineData(3, "2026-11-21")] // 15:00 UTC: the office's 22nd has an hour to go
    public async Task The_night_makes_the_snapshot_of_the_office_day_that_has_ended(int hours, string day)
    {
        var bench = await Bench.OpenAsync();
        bench.Clock.Advance(TimeSpan.FromHours(hours));
        await bench.Nightly.RunAsync(new TimerInfo(), Token);
        Assert.Equal((day, false), (bench.Json("current.json").GetProperty("snapshotDate").GetString(), bench.Json("current.json")
            .GetProperty("published")[0].GetProperty("provisional").GetBoolean()));
        bench.Audit();
    }

    [Fact]
    public async Task A_timer_that_fires_twice_makes_one_snapshot()
    {
        var bench = await Bench.OpenAsync();
        await bench.Nightly.RunAsync(new TimerInfo(), Token);
        var id = bench.CurrentId();
        await bench.Nightly.RunAsync(new TimerInfo(), Token);
        Assert.Equal(id, bench.CurrentId());
        Assert.Contains(bench.Log.Lines, line => line.Message.StartsWith("Skipped: 2026-11-21 has its snapshot", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_night_takes_the_place_of_a_provisional_snapshot_of_its_day()
    {
        var bench = await Bench.OpenAsync();
        var provisional = await bench.PublishAsync(Bench.Provisional(21));
        await bench.Nightly.RunAsync(new TimerInfo(), Token);
        Assert.Equal([(bench.CurrentId()!, null), (provisional.Id, bench.CurrentId())], (await bench.Store.PublishedAsync(Token))
            .Select(each => (each.Id, each.SupersededBy)));
    }

    [Fact]
    public async Task A_night_that_meets_another_run_waits_for_it_and_is_not_lost()
    {
        var bench = await Bench.OpenAsync();
        await bench.Store.PrepareAsync(Token);
        Assert.NotNull(await bench.Blobs.AcquireLeaseAsync(bench.Store.Current, TimeSpan.FromSeconds(60), Token));
        await RunAsync(bench, bench.Nightly.RunAsync(new TimerInfo(), Token));
        Assert.Contains(bench.Log.Lines, line => line.Message.StartsWith("Another run is writing a snapshot; waiting for it (1 of ",
            StringComparison.Ordinal));
        Assert.Equal("2026-11-21", bench.Json("current.json").GetProperty("snapshotDate").GetString());
    }

    [Fact]
    public async Task A_night_that_waits_in_vain_is_seen_to_fail()
    {
        var bench = await Bench.OpenAsync();
        await bench.Store.PrepareAsync(Token);
        var lease = (await bench.Blobs.AcquireLeaseAsync(bench.Store.Current, TimeSpan.FromSeconds(60), Token))!;
        var night = RunAsync(bench, bench.Nightly.RunAsync(new TimerInfo(), Token),
            () => bench.Blobs.RenewLeaseAsync(bench.Store.Current, lease, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => night);
        Assert.Null(bench.CurrentId());
    }

    /// <summary>Moves the clock on whenever the night waits for it, until the night ends.</summary>
    private static async Task RunAsync(Bench bench, Task night, Func<Task>? meanwhile = null)
    {
        while (await Task.WhenAny(night, bench.Clock.UntilWaitingAsync()) != night)
        {
            if (meanwhile is not null)
                await meanwhile();
            bench.Clock.Advance(TimeSpan.FromSeconds(15));
        }

        await night;
    }

    [Fact]
    public async Task A_night_that_fails_is_seen_to_fail()
    {
        var bench = await Bench.OpenAsync();
        bench.Blobs.Harm = (10, BlobFault.Refuse);
        await Assert.ThrowsAsync<StorageException>(() => bench.Nightly.RunAsync(new TimerInfo(), Token));

        bench.Blobs.Heal();
        bench.Blobs.Before = (verb, path) =>
        {
            if (verb == "put" && path == "current.json")
                bench.Blobs.BreakLeases();
            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => bench.Nightly.RunAsync(new TimerInfo(), Token));
        Assert.Null(bench.CurrentId());
    }
}
