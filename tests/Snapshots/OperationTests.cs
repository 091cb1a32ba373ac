using System.Text.Json;
using FriendCity.Snapshots.Tables;

namespace FriendCity.Tests.Snapshots;

public sealed class OperationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_back_fill_makes_the_figures_of_each_month_and_publishes_one_snapshot()
    {
        var bench = await Bench.OpenAsync();
        var night = await bench.PublishAsync(Bench.Final(21));
        var id = await StartAsync(bench, "?from=2018-01-01");
        var operation = await OperationAsync(bench, id);
        Assert.Equal(("succeeded", "backfill"), (operation.GetProperty("state").GetString(), operation.GetProperty("kind").GetString()));
        // 106 month ends to October 2026, and the day itself.
        Assert.Equal((107, 107), (operation.GetProperty("done").GetInt32(), operation.GetProperty("total").GetInt32()));

        var snapshot = operation.GetProperty("snapshot").GetString()!;
        Assert.Equal([snapshot, night.Id], (await bench.Store.PublishedAsync(Token)).Select(each => each.Id));
        var circle = bench.Read(snapshot, KpiDaily.Table).Rows.Where(row => row[1] is "article" && row[2] is "K03")
            .ToDictionary(Daily.DayOf, row => (double)row[5]!);
        Assert.Equal(108, circle.Count);
        Assert.Equal((4.0, 4.0, 13.0, 13.0), (circle[new(2018, 1, 31)], circle[new(2018, 5, 31)], circle[new(2021, 6, 30)],
            circle[new(2026, 11, 21)]));
        Assert.Equal(circle.OrderBy(day => day.Key).Select(day => day.Value), circle.OrderBy(day => day.Key).Select(day => day.Value).Order());
        Assert.Contains("history/kpi_daily/snapshot_date=2018-05-31/part-0.parquet", bench.Blobs.Paths);
        Assert.Contains("history/kpi_city_daily/snapshot_date=2021-06-30/part-0.parquet", bench.Blobs.Paths);
        bench.Audit();

        // The night that follows keeps them.
        var next = await bench.PublishAsync(Bench.Final(22));
        Assert.Equal(108, bench.Read(next.Id, KpiDaily.Table).Rows.Count(row => row[1] is "article" && row[2] is "K03"));
        Assert.DoesNotContain(bench.Blobs.Paths, path => path.EndsWith($"{id.ToLowerInvariant()}.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_back_fill_by_day_makes_each_day()
    {
        var bench = await Bench.OpenAsync();
        await StartAsync(bench, "?from=2026-11-10&to=2026-11-15&step=day");
        Assert.Equal([10, 11, 12, 13, 14, 15, 22], bench.Read(bench.CurrentId()!, KpiDaily.Table).Rows.Select(row => Daily.DayOf(row).Day)
            .Distinct());
    }

    [Theory]
    [InlineData("?to=2026-11-01")]
    [InlineData("?step=day")]
    [InlineData("?from=2018-01-01&date=2026-11-01")]
    [InlineData("?from=2018-01-01&to=2026-11-22")]
    [InlineData("?from=2018-01-01&to=2017-12-31")]
    [InlineData("?from=2018-01-01&step=week")]
    [InlineData("?from=2018-1-1")]
    [InlineData("?from=2001-01-01&step=day")]
    [InlineData("?from=0001-01-01")]
    public async Task What_makes_no_sense_is_refused_and_nothing_begins(string query)
    {
        var bench = await Bench.OpenAsync();
        var (status, _, body) = await SnapshotApiTests.AnswerAsync(await bench.Api.Collection(SnapshotApiTests.Request("POST", query), Token));
        Assert.Equal((400, "bad_parameter"), (status, SnapshotApiTests.Property(body, "code").GetString()));
        Assert.Empty(bench.Blobs.Paths);
    }

    [Theory]
    [InlineData("put", "/kpi_daily.csv")]
    [InlineData("get", "/manifest.json")]
    [InlineData("put", "current.json")]
    public async Task What_a_killed_process_leaves_behind_another_finishes_once(string verb, string path)
    {
        var bench = await Bench.OpenAsync();
        await bench.PublishAsync(Bench.Final(20));
        // From here on nothing of that process reaches storage any more.
        bench.Blobs.Before = (what, where) =>
        {
            if (what == verb && where.EndsWith(path, StringComparison.Ordinal))
                bench.Blobs.Harm = (0, BlobFault.Die);
            return Task.CompletedTask;
        };
        var id = await StartAsync(bench, "?from=2026-08-01");
        bench.Blobs.Before = null;
        bench.Blobs.Heal();
        Assert.Equal("running", (await OperationAsync(bench, id)).GetProperty("state").GetString());

        bench.Clock.Advance(TimeSpan.FromSeconds(61));
        using var other = bench.NewRunner();
        await other.ResumeAsync(Token);
        var operation = await OperationAsync(bench, id);
        Assert.Equal(("succeeded", bench.CurrentId()), (operation.GetProperty("state").GetString(), operation.GetProperty("snapshot").GetString()));
        Assert.Single(await bench.Store.PublishedAsync(Token), each => each.Operation == id);
        bench.Audit();
        Assert.Empty(await bench.Book.OpenAsync(Token));
    }

    [Fact]
    public async Task An_operation_that_one_process_runs_no_other_begins()
    {
        var bench = await Bench.OpenAsync();
        var (reached, go) = bench.HoldPut("dim_city.csv");
        await SnapshotApiTests.AnswerAsync(await bench.Api.Collection(SnapshotApiTests.Request("POST"), Token));
        await reached.WaitAsync(TimeSpan.FromSeconds(20), Token);
        using var other = bench.NewRunner();
        await other.ResumeAsync(Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
        go.SetResult();
        await bench.Operations.IdleAsync();
        Assert.Single(await bench.Store.PublishedAsync(Token));
    }

    [Fact]
    public async Task A_cancelled_operation_ends_and_publishes_nothing()
    {
        var bench = await Bench.OpenAsync();
        var (reached, go) = bench.HoldPut("dim_city.csv");
        var (_, _, body) = await SnapshotApiTests.AnswerAsync(
            await bench.Api.Collection(SnapshotApiTests.Request("POST", "?from=2018-01-01"), Token));
        var id = SnapshotApiTests.Property(body, "id").GetString()!;
        await reached.WaitAsync(TimeSpan.FromSeconds(20), Token);
        var (status, _, answer) = await SnapshotApiTests.AnswerAsync(await bench.OperationApi.Item(SnapshotApiTests.Request("DELETE"), id, Token));
        Assert.Equal((200, true), (status, SnapshotApiTests.Property(answer, "cancelRequested").GetBoolean()));
        go.SetResult();
        await bench.Operations.IdleAsync();
        Assert.Equal("cancelled", (await OperationAsync(bench, id)).GetProperty("state").GetString());
        Assert.Null(bench.CurrentId());
        Assert.Empty(await bench.Book.OpenAsync(Token));
    }

    [Fact]
    public async Task A_run_whose_checks_fail_says_so_and_leaves_the_evidence()
    {
        var bench = await Bench.OpenAsync();
        bench.Blobs.Before = (verb, path) =>
        {
            if (verb == "get" && path.EndsWith("fact_project.json", StringComparison.Ordinal))
                bench.Blobs.Tamper(path, "[]"u8.ToArray());
            return Task.CompletedTask;
        };
        var error = (await OperationAsync(bench, await StartAsync(bench, ""))).GetProperty("error");
        Assert.Equal(("snapshot_failed", "fact_project.json is not stored as it was written."),
            (error.GetProperty("code").GetString(), error.GetProperty("detail").GetString()));
        Assert.Null(bench.CurrentId());
        var evidence = bench.Json(bench.Blobs.Paths.Single(path => path.StartsWith("failures/", StringComparison.Ordinal)));
        Assert.Equal(("snapshot_failed", "2026-11-22"),
            (evidence.GetProperty("alert").GetString(), evidence.GetProperty("snapshotDate").GetString()));
        Assert.Contains(bench.Log.Lines, line => line.Message.StartsWith("Alert snapshot_failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Operations_that_are_long_over_go_and_open_ones_stay()
    {
        var bench = await Bench.OpenAsync();
        var old = await StartAsync(bench, "");
        var open = await bench.Book.AddAsync("snapshot", "{}", "tests", Token);
        bench.Clock.Advance(TimeSpan.FromDays(89));
        var young = await StartAsync(bench, "");
        Assert.Equal(0, await bench.Book.PurgeAsync(TimeSpan.FromDays(90), Token));
        bench.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await bench.Book.PurgeAsync(TimeSpan.FromDays(90), Token));
        Assert.Null(await bench.Book.FindAsync(old, Token));
        Assert.NotNull(await bench.Book.FindAsync(open.Id, Token));
        Assert.NotNull(await bench.Book.FindAsync(young, Token));
    }

    [Fact]
    public async Task There_is_no_operation_that_nobody_asked_for()
    {
        var bench = await Bench.OpenAsync();
        foreach (var (method, id) in new[] { ("GET", "none"), ("DELETE", "none"), ("GET", "../x") })
            Assert.Equal(404, (await SnapshotApiTests.AnswerAsync(
                await bench.OperationApi.Item(SnapshotApiTests.Request(method), id, Token))).Status);
    }

    private static async Task<string> StartAsync(Bench bench, string query)
    {
        var (status, _, body) = await SnapshotApiTests.AnswerAsync(await bench.Api.Collection(SnapshotApiTests.Request("POST", query), Token));
        Assert.Equal(202, status);
        await bench.Operations.IdleAsync().WaitAsync(TimeSpan.FromSeconds(60), Token);
        return SnapshotApiTests.Property(body, "id").GetString()!;
    }

    private static async Task<JsonElement> OperationAsync(Bench bench, string id)
    {
        var (_, _, body) = await SnapshotApiTests.AnswerAsync(await bench.OperationApi.Item(SnapshotApiTests.Request("GET"), id, Token));
        return JsonSerializer.Deserialize<JsonElement>(body);
    }
}
