using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Publishing;
using FriendCity.Snapshots.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Snapshots;

public sealed class SnapshotRunTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_publishes_a_whole_snapshot()
    {
        var bench = await Bench.OpenAsync();
        var manifest = await bench.PublishAsync(Bench.Final(21));
        bench.Audit();

        var current = bench.Json("current.json");
        Assert.Equal((1, manifest.Id, "2026-11-21"), (current.GetProperty("schemaMajor").GetInt32(), current.GetProperty("snapshotId").GetString(),
            current.GetProperty("snapshotDate").GetString()));
        var stored = bench.Json($"snapshots/{manifest.Id}/manifest.json");
        Assert.Equal((manifest.Id, "1.2.3", "2026-11-22T11:59:00.000Z"),
            (stored.GetProperty("id").GetString(), stored.GetProperty("appVersion").GetString(), stored.GetProperty("watermark").GetString()));
        Assert.Equal(["rows_scanned", "stored_bytes", "stored_rows", "unique_keys", "kpi_values"], stored.GetProperty("checks").EnumerateArray()
            .Select(check => check.GetProperty("name").GetString()));
        Assert.All(stored.GetProperty("files").EnumerateArray().Where(file => file.GetProperty("format").GetString() == "csv"), file =>
            Assert.Equal(file.GetProperty("rows").GetInt32(),
                bench.Read(manifest.Id, SnapshotTables.Find(file.GetProperty("table").GetString()!)!).Rows.Count));
        Assert.Equal(SnapshotTables.All.Select(table => table.Columns.Count),
            SnapshotTables.All.Select(table => stored.GetProperty("tables").GetProperty(table.Name).GetProperty("columns").GetArrayLength()));
    }

    [Fact]
    public async Task The_figures_of_all_days_so_far_are_kept_in_the_order_of_days()
    {
        var bench = await Bench.OpenAsync();
        await bench.PublishAsync(Bench.Final(20));
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        await bench.PublishAsync(Bench.Final(19));
        bench.Clock.Advance(TimeSpan.FromSeconds(1));
        var first = KpiDaily.Table.Read(bench.View, new DateOnly(2026, 11, 19)).Rows.Count;
        bench.View = await WithoutCityAsync();
        var last = await bench.PublishAsync(Bench.Final(21));

        var rows = bench.Read(last.Id, KpiDaily.Table).Rows;
        Assert.Equal([19, 20, 21], rows.Select(row => ((DateOnly)row[0]!).Day).Distinct());
        Assert.Equal((2 * first) + KpiDaily.Table.Read(bench.View, new DateOnly(2026, 11, 21)).Rows.Count, rows.Count);
        Assert.Equal([13.0, 13.0, 12.0], rows.Where(row => row[1] is "article" && row[2] is "K03").Select(row => (double)row[5]!));
    }

    [Fact]
    public async Task A_provisional_snapshot_is_replaced_by_the_nights_run()
    {
        var bench = await Bench.OpenAsync();
        var eve = await bench.PublishAsync(Bench.Final(20));
        var ids = new List<string>();
        foreach (var order in new[] { Bench.Provisional(21), Bench.Provisional(21) })
        {
            bench.Clock.Advance(TimeSpan.FromMinutes(1));
            ids.Insert(0, (await bench.PublishAsync(order)).Id);
        }

        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        bench.View = await WithoutCityAsync();
        var night = await bench.PublishAsync(Bench.Final(21));

        Assert.Equal([night.Id, .. ids, eve.Id], await PublishedAsync(bench));
        Assert.Equal([null, night.Id, ids[0], null], (await bench.Store.PublishedAsync(Token)).Select(each => each.SupersededBy));
        Assert.Equal([13.0, 12.0], bench.Read(night.Id, KpiDaily.Table).Rows.Where(row => row[1] is "article" && row[2] is "K03")
            .Select(row => (double)row[5]!));
    }

    [Fact]
    public async Task Readers_are_offered_the_newest_fourteen()
    {
        var bench = await Bench.OpenAsync();
        var ids = new List<string>();
        for (var day = 1; day <= 16; day++)
        {
            ids.Insert(0, (await bench.PublishAsync(Bench.Final(day))).Id);
            bench.Clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(ids.Take(14), await PublishedAsync(bench));
        bench.Audit();
    }

    [Fact]
    public async Task A_snapshot_younger_than_a_day_is_offered_whatever_came_after_it()
    {
        var bench = await Bench.OpenAsync();
        var first = await bench.PublishAsync(Bench.Final(1));
        for (var day = 2; day <= 16; day++)
            await bench.PublishAsync(Bench.Final(day));
        Assert.Equal(16, (await PublishedAsync(bench)).Count());
        bench.Clock.Advance(TimeSpan.FromHours(25));
        await bench.PublishAsync(Bench.Final(17));
        Assert.Equal(14, (await PublishedAsync(bench)).Count());
        Assert.DoesNotContain(first.Id, await PublishedAsync(bench));
    }

    [Fact]
    public async Task Ids_sort_by_day_and_then_by_time_and_are_fit_for_paths()
    {
        var bench = await Bench.OpenAsync();
        var ids = new List<string>();
        foreach (var order in new[] { Bench.Provisional(20), Bench.Final(20), Bench.Final(21) })
        {
            ids.Add((await bench.PublishAsync(order)).Id);
            bench.Clock.Advance(TimeSpan.FromMilliseconds(2));
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.All(ids, id => Assert.Matches("^2026-11-2[01]-[0-9a-z]{26}$", id));
    }

    [Fact]
    public async Task Of_two_runs_at_once_one_publishes_and_the_other_is_told_so()
    {
        var bench = await Bench.OpenAsync();
        await bench.Store.PrepareAsync(Token);
        var (reached, go) = bench.HoldPut("dim_city.csv");
        var first = bench.Run.RunAsync(Bench.Final(21), Token);
        await reached.WaitAsync(TimeSpan.FromSeconds(20), Token);
        Assert.IsType<SnapshotOutcome.Busy>(await bench.NewRun(bench.Clock).RunAsync(Bench.Final(21), Token));
        Assert.Null(bench.CurrentId());
        go.SetResult();
        Assert.Equal(Assert.IsType<SnapshotOutcome.Published>(await first).Manifest.Id, bench.CurrentId());
        bench.Audit();
    }

    [Fact]
    public async Task Twenty_runs_at_once_leave_one_snapshot_of_the_day()
    {
        var bench = await Bench.OpenAsync();
        var once = new SnapshotOrder(new DateOnly(2026, 11, 21), Provisional: false, Once: true);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => bench.NewRun(bench.Clock).RunAsync(once, Token))));
        Assert.Single(outcomes.OfType<SnapshotOutcome.Published>());
        Assert.DoesNotContain(outcomes, outcome => outcome is SnapshotOutcome.Overtaken);
        Assert.Single(await PublishedAsync(bench));
        Assert.IsType<SnapshotOutcome.Done>(await bench.Run.RunAsync(once, Token));
        bench.Audit();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_runner_that_slept_past_its_lease_cannot_publish(bool otherPublished)
    {
        var bench = await Bench.OpenAsync();
        var before = (await bench.PublishAsync(Bench.Final(20))).Id;
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        bench.Blobs.Before = (verb, path) => Hold(verb == "put" && path == "current.json" && !reached.Task.IsCompleted, reached, go);

        // The sleeper's own clock stands still while storage's moves on.
        var sleeper = bench.NewRun(new FakeClock(Bench.Start)).RunAsync(Bench.Final(21), Token);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
        bench.Clock.Advance(TimeSpan.FromSeconds(61));
        var other = otherPublished ? (await bench.PublishAsync(Bench.Final(21))).Id : before;
        go.SetResult();

        Assert.IsType<SnapshotOutcome.Overtaken>(await sleeper);
        Assert.Equal(other, bench.CurrentId());
        bench.Audit();
    }

    [Fact]
    public async Task A_runner_whose_lease_is_broken_stops_before_it_publishes_and_the_next_run_is_clean()
    {
        var bench = await Bench.OpenAsync();
        var before = (await bench.PublishAsync(Bench.Final(20))).Id;
        var (reached, go) = bench.HoldPut("dim_city.csv");
        var run = bench.Run.RunAsync(Bench.Final(21), Token);
        await reached.WaitAsync(TimeSpan.FromSeconds(20), Token);

        bench.Blobs.BreakLeases();
        var renewals = new TaskCompletionSource();
        bench.Blobs.Before = (verb, _) => Hold(verb == "renew", renewals, go);
        bench.Clock.Advance(TimeSpan.FromSeconds(20));
        await renewals.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
        go.SetResult();

        Assert.IsType<SnapshotOutcome.Overtaken>(await run);
        Assert.Equal(before, bench.CurrentId());
        bench.Blobs.Before = null;
        await bench.PublishAsync(Bench.Final(21));
        bench.Audit();
    }

    [Fact]
    public async Task A_long_run_keeps_its_lease()
    {
        var bench = await Bench.OpenAsync();
        await bench.Store.PrepareAsync(Token);
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var renewed = new SemaphoreSlim(0);
        bench.Blobs.Before = (verb, path) =>
        {
            if (verb == "renew")
                renewed.Release();
            return Hold(verb == "put" && path.EndsWith("dim_city.csv", StringComparison.Ordinal), reached, go);
        };
        var run = bench.Run.RunAsync(Bench.Final(21), Token);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
        for (var i = 0; i < 9; i++)
        {
            await bench.Clock.UntilWaitingAsync();
            bench.Clock.Advance(TimeSpan.FromSeconds(20));
            Assert.True(await renewed.WaitAsync(TimeSpan.FromSeconds(20), Token));
        }

        go.SetResult();
        Assert.IsType<SnapshotOutcome.Published>(await run);
    }

    [Fact]
    public async Task A_file_that_storage_does_not_give_back_as_written_keeps_the_snapshot_from_being_published()
    {
        var bench = await Bench.OpenAsync();
        bench.Blobs.Before = (verb, path) =>
        {
            if (verb == "get" && path.EndsWith("fact_project.json", StringComparison.Ordinal))
                bench.Blobs.Tamper(path, "[]"u8.ToArray());
            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<InvalidDataException>(() => bench.Run.RunAsync(Bench.Final(21), Token));
        Assert.Null(bench.CurrentId());
    }

    [Theory, InlineData("kpi_daily.csv"), InlineData("manifest.json")]
    public async Task When_the_newest_figures_are_damaged_the_days_come_from_the_snapshot_before(string file)
    {
        var bench = await Bench.OpenAsync();
        var good = await bench.PublishAsync(Bench.Final(19));
        var damaged = await bench.PublishAsync(Bench.Final(20));
        bench.Blobs.Tamper($"snapshots/{damaged.Id}/{file}", file == "manifest.json" ? [] : null);
        var next = await bench.PublishAsync(Bench.Final(21));
        Assert.Equal(good.Id, next.HistoryFrom);
        Assert.Equal([19, 21], bench.Read(next.Id, KpiDaily.Table).Rows.Select(row => ((DateOnly)row[0]!).Day).Distinct());
        Assert.Contains(bench.Log.Lines, line => line.Message.Contains(damaged.Id, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_late_runner_never_puts_its_copy_over_a_newer_one()
    {
        var bench = await Bench.OpenAsync();
        var old = await bench.PublishAsync(Bench.Final(20));
        var newer = await bench.PublishAsync(Bench.Final(21));
        await bench.Store.CopyAsync(old.Id, "latest/kpi_daily.csv", "text/csv", new MemoryStream("old"u8.ToArray()), Token);
        Assert.Equal(newer.Id, bench.Blobs.Metadata("latest/kpi_daily.csv", "snapshotid"));
        Assert.Equal(bench.Blobs.Bytes($"snapshots/{newer.Id}/kpi_daily.csv"), bench.Blobs.Bytes("latest/kpi_daily.csv"));
    }

    private static async Task Hold(bool here, TaskCompletionSource reached, TaskCompletionSource go)
    {
        if (!here)
            return;
        reached.TrySetResult();
        await go.Task;
    }

    private static async Task<IEnumerable<string>> PublishedAsync(Bench bench) => (await bench.Store.PublishedAsync(Token)).Select(each => each.Id);

    /// <summary>The sample after one relationship of the article was deleted.</summary>
    internal static async Task<View> WithoutCityAsync() => (await SampleView.LoadAsync()).With(
        new Dictionary<string, List<FriendCity.Records.Record>>
        {
            ["relationships"] = [new Relationship { Id = "R01", Version = 2,
            Deleted = true }]
        }, Bench.Start);
}
