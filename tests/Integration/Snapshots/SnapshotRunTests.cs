using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Publishing;
using FriendCity.Snapshots.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Snapshots;

public sealed class SnapshotRunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_publishes_a_whole_snapshot()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var manifest = await fixture.PublishAsync(SnapshotFixture.Final(21));
        fixture.Audit();

        var current = fixture.Json("current.json");
        Assert.Equal((1, manifest.Id, "2026-11-21"), (current.GetProperty("schemaMajor").GetInt32(), current.GetProperty("snapshotId").GetString(),
            current.GetProperty("snapshotDate").GetString()));
        var stored = fixture.Json($"snapshots/{manifest.Id}/manifest.json");
        Assert.Equal((manifest.Id, "1.2.3", "2026-11-22T11:59:00.000Z"),
            (stored.GetProperty("id").GetString(), stored.GetProperty("appVersion").GetString(), stored.GetProperty("watermark").GetString()));
        Assert.Equal(["rows_scanned", "stored_bytes", "stored_rows", "unique_keys", "kpi_values"], stored.GetProperty("checks").EnumerateArray()
            .Select(check => check.GetProperty("name").GetString()));
        Assert.All(stored.GetProperty("files").EnumerateArray().Where(file => file.GetProperty("format").GetString() == "csv"), file =>
            Assert.Equal(file.GetProperty("rows").GetInt32(),
                fixture.Read(manifest.Id, SnapshotTables.Find(file.GetProperty("table").GetString()!)!).Rows.Count));
        Assert.Equal(SnapshotTables.All.Select(table => table.Columns.Count),
            SnapshotTables.All.Select(table => stored.GetProperty("tables").GetProperty(table.Name).GetProperty("columns").GetArrayLength()));
    }

    [Fact]
    public async Task The_figures_of_all_days_so_far_are_kept_in_the_order_of_days()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        await fixture.PublishAsync(SnapshotFixture.Final(20));
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        await fixture.PublishAsync(SnapshotFixture.Final(19));
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        var first = KpiDaily.Table.Read(fixture.Registry, new DateOnly(2026, 11, 19)).Rows.Count;
        fixture.Registry = await WithoutCityAsync();
        var last = await fixture.PublishAsync(SnapshotFixture.Final(21));

        var rows = fixture.Read(last.Id, KpiDaily.Table).Rows;
        Assert.Equal([19, 20, 21], rows.Select(row => ((DateOnly)row[0]!).Day).Distinct());
        Assert.Equal((2 * first) + KpiDaily.Table.Read(fixture.Registry, new DateOnly(2026, 11, 21)).Rows.Count, rows.Count);
        Assert.Equal([13.0, 13.0, 12.0], rows.Where(row => row[1] is "article" && row[2] is "K03").Select(row => (double)row[5]!));
    }

    [Fact]
    public async Task A_provisional_snapshot_is_replaced_by_the_nights_run()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var eve = await fixture.PublishAsync(SnapshotFixture.Final(20));
        var ids = new List<string>();
        foreach (var job in new[] { SnapshotFixture.Provisional(21), SnapshotFixture.Provisional(21) })
        {
            fixture.Clock.Advance(TimeSpan.FromMinutes(1));
            ids.Insert(0, (await fixture.PublishAsync(job)).Id);
        }

        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        fixture.Registry = await WithoutCityAsync();
        var night = await fixture.PublishAsync(SnapshotFixture.Final(21));

        Assert.Equal([night.Id, .. ids, eve.Id], await PublishedAsync(fixture));
        Assert.Equal([null, night.Id, ids[0], null], (await fixture.Store.PublishedAsync(Token)).Select(each => each.SupersededBy));
        Assert.Equal([13.0, 12.0], fixture.Read(night.Id, KpiDaily.Table).Rows.Where(row => row[1] is "article" && row[2] is "K03")
            .Select(row => (double)row[5]!));
    }

    [Fact]
    public async Task Readers_are_offered_the_newest_fourteen()
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        var ids = new List<string>();
        for (var day = 1; day <= 16; day++)
        {
            ids.Insert(0, (await fixture.PublishAsync(SnapshotFixture.Final(day))).Id);
            fixture.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(ids.Take(14), await PublishedAsync(fixture));
        fixture.Audit();
    }

    [Fact]
    public async Task A_snapshot_younger_than_a_day_is_offered_whatever_came_after_it()
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        var first = await fixture.PublishAsync(SnapshotFixture.Final(1));
        for (var day = 2; day <= 16; day++)
            await fixture.PublishAsync(SnapshotFixture.Final(day));
        Assert.Equal(16, (await PublishedAsync(fixture)).Count());
        fixture.Clock.Advance(TimeSpan.FromHours(25));
        await fixture.PublishAsync(SnapshotFixture.Final(17));
        Assert.Equal(14, (await PublishedAsync(fixture)).Count());
        Assert.DoesNotContain(first.Id, await PublishedAsync(fixture));
    }

    [Fact]
    public async Task Ids_sort_by_day_and_then_by_time_and_are_fit_for_paths()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var ids = new List<string>();
        foreach (var job in new[] { SnapshotFixture.Provisional(20), SnapshotFixture.Final(20), SnapshotFixture.Final(21) })
        {
            ids.Add((await fixture.PublishAsync(job)).Id);
            fixture.Clock.Advance(TimeSpan.FromMilliseconds(2));
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.All(ids, id => Assert.Matches("^2026-11-2[01]-[0-9a-z]{26}$", id));
    }

    [Fact]
    public async Task Of_two_runs_at_once_one_publishes_and_the_other_is_told_so()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        await fixture.Store.PrepareAsync(Token);
        var (reached, go) = fixture.HoldPut("dim_city.csv");
        var first = fixture.Run.RunAsync(SnapshotFixture.Final(21), Token);
        await reached.WaitAsync(TimeSpan.FromSeconds(20), Token);
        Assert.IsType<SnapshotOutcome.Busy>(await fixture.NewRun(fixture.Clock).RunAsync(SnapshotFixture.Final(21), Token));
        Assert.Null(fixture.CurrentId());
        go.SetResult();
        Assert.Equal(Assert.IsType<SnapshotOutcome.Published>(await first).Manifest.Id, fixture.CurrentId());
        fixture.Audit();
    }

    [Fact]
    public async Task Twenty_runs_at_once_leave_one_snapshot_of_the_day()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var once = new SnapshotJob(new DateOnly(2026, 11, 21), Provisional: false, Once: true);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => fixture.NewRun(fixture.Clock).RunAsync(once, Token))));
        Assert.Single(outcomes.OfType<SnapshotOutcome.Published>());
        Assert.DoesNotContain(outcomes, outcome => outcome is SnapshotOutcome.Overtaken);
        Assert.Single(await PublishedAsync(fixture));
        Assert.IsType<SnapshotOutcome.Done>(await fixture.Run.RunAsync(once, Token));
        fixture.Audit();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_runner_that_slept_past_its_lease_cannot_publish(bool otherPublished)
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var before = (await fixture.PublishAsync(SnapshotFixture.Final(20))).Id;
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        fixture.Blobs.Before = (verb, path) => Hold(verb == "put" && path == "current.json" && !reached.Task.IsCompleted, reached, go);

        // The sleeper's own clock stands still while storage's moves on.
        var sleeper = fixture.NewRun(new FakeClock(SnapshotFixture.Start)).RunAsync(SnapshotFixture.Final(21), Token);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
        fixture.Clock.Advance(TimeSpan.FromSeconds(61));
        var other = otherPublished ? (await fixture.PublishAsync(SnapshotFixture.Final(21))).Id : before;
        go.SetResult();

        Assert.IsType<SnapshotOutcome.Overtaken>(await sleeper);
        Assert.Equal(other, fixture.CurrentId());
        fixture.Audit();
    }

    [Fact]
    public async Task A_runner_whose_lease_is_broken_stops_before_it_publishes_and_the_next_run_is_clean()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var before = (await fixture.PublishAsync(SnapshotFixture.Final(20))).Id;
        var (reached, go) = fixture.HoldPut("dim_city.csv");
        var run = fixture.Run.RunAsync(SnapshotFixture.Final(21), Token);
        await reached.WaitAsync(TimeSpan.FromSeconds(20), Token);

        fixture.Blobs.BreakLeases();
        var renewals = new TaskCompletionSource();
        fixture.Blobs.Before = (verb, _) => Hold(verb == "renew", renewals, go);
        fixture.Clock.Advance(TimeSpan.FromSeconds(20));
        await renewals.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
        go.SetResult();

        Assert.IsType<SnapshotOutcome.Overtaken>(await run);
        Assert.Equal(before, fixture.CurrentId());
        fixture.Blobs.Before = null;
        await fixture.PublishAsync(SnapshotFixture.Final(21));
        fixture.Audit();
    }

    [Fact]
    public async Task A_long_run_keeps_its_lease()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        await fixture.Store.PrepareAsync(Token);
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var renewed = new SemaphoreSlim(0);
        fixture.Blobs.Before = (verb, path) =>
        {
            if (verb == "renew")
                renewed.Release();
            return Hold(verb == "put" && path.EndsWith("dim_city.csv", StringComparison.Ordinal), reached, go);
        };
        var run = fixture.Run.RunAsync(SnapshotFixture.Final(21), Token);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
        for (var i = 0; i < 9; i++)
        {
            await fixture.Clock.UntilWaitingAsync();
            fixture.Clock.Advance(TimeSpan.FromSeconds(20));
            Assert.True(await renewed.WaitAsync(TimeSpan.FromSeconds(20), Token));
        }

        go.SetResult();
        Assert.IsType<SnapshotOutcome.Published>(await run);
    }

    [Fact]
    public async Task A_file_that_storage_does_not_give_back_as_written_keeps_the_snapshot_from_being_published()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        fixture.Blobs.Before = (verb, path) =>
        {
            if (verb == "get" && path.EndsWith("fact_project.json", StringComparison.Ordinal))
                fixture.Blobs.Tamper(path, "[]"u8.ToArray());
            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<InvalidDataException>(() => fixture.Run.RunAsync(SnapshotFixture.Final(21), Token));
        Assert.Null(fixture.CurrentId());
    }

    [Theory, InlineData("kpi_daily.parquet"), InlineData("manifest.json")]
    public async Task When_the_newest_figures_are_damaged_the_days_come_from_the_snapshot_before(string file)
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var good = await fixture.PublishAsync(SnapshotFixture.Final(19));
        var damaged = await fixture.PublishAsync(SnapshotFixture.Final(20));
        fixture.Blobs.Tamper($"snapshots/{damaged.Id}/{file}", file == "manifest.json" ? [] : null);
        var next = await fixture.PublishAsync(SnapshotFixture.Final(21));
        Assert.Equal(good.Id, next.HistoryFrom);
        Assert.Equal([19, 21], fixture.Read(next.Id, KpiDaily.Table).Rows.Select(row => ((DateOnly)row[0]!).Day).Distinct());
        Assert.Contains(fixture.Log.Lines, line => line.Message.Contains(damaged.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_late_runner_never_puts_its_copy_over_a_newer_one()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var old = await fixture.PublishAsync(SnapshotFixture.Final(20));
        var newer = await fixture.PublishAsync(SnapshotFixture.Final(21));
        await fixture.Store.CopyAsync(old.Id, "latest/kpi_daily.csv", "text/csv", new MemoryStream("old"u8.ToArray()), Token);
        Assert.Equal(newer.Id, fixture.Blobs.Metadata("latest/kpi_daily.csv", "snapshotid"));
        Assert.Equal(fixture.Blobs.Bytes($"snapshots/{newer.Id}/kpi_daily.csv"), fixture.Blobs.Bytes("latest/kpi_daily.csv"));
    }

    private static async Task Hold(bool here, TaskCompletionSource reached, TaskCompletionSource go)
    {
        if (!here)
            return;
        reached.TrySetResult();
        await go.Task;
    }

    private static async Task<IEnumerable<string>> PublishedAsync(SnapshotFixture fixture) =>
        (await fixture.Store.PublishedAsync(Token)).Select(each => each.Id);

    /// <summary>The sample after one relationship of the article was deleted.</summary>
    internal static async Task<RegistrySnapshot> WithoutCityAsync() => (await SampleRegistry.LoadAsync()).With(
        new Dictionary<string, List<FriendCity.Records.Record>>
        {
            ["relationships"] = [new Relationship { Id = "R01", Version = 2,
            Deleted = true }]
        }, SnapshotFixture.Start);
}
