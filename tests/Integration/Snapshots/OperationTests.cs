using System.Text.Json;
using FriendCity.Snapshots.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Snapshots;

public sealed class OperationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_back_fill_makes_the_figures_of_each_month_and_publishes_one_snapshot()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var night = await fixture.PublishAsync(SnapshotFixture.Final(21));
        var id = await StartAsync(fixture, "?from=2018-01-01");
        var operation = await OperationAsync(fixture, id);
        Assert.Equal(("succeeded", "backfill"), (operation.GetProperty("state").GetString(), operation.GetProperty("kind").GetString()));
        // 106 month ends to October 2026, and the day itself.
        Assert.Equal((107, 107), (operation.GetProperty("done").GetInt32(), operation.GetProperty("total").GetInt32()));

        var snapshot = operation.GetProperty("snapshot").GetString()!;
        Assert.Equal([snapshot, night.Id], (await fixture.Store.PublishedAsync(Token)).Select(each => each.Id));
        var circle = fixture.Read(snapshot, KpiDaily.Table).Rows.Where(row => row[1] is "article" && row[2] is "K03")
            .ToDictionary(DailyFormats.DayOf, row => (double)row[5]!);
        Assert.Equal(108, circle.Count);
        Assert.Equal((4.0, 4.0, 13.0, 13.0), (circle[new(2018, 1, 31)], circle[new(2018, 5, 31)], circle[new(2021, 6, 30)],
            circle[new(2026, 11, 21)]));
        Assert.Equal(circle.OrderBy(day => day.Key).Select(day => day.Value), circle.OrderBy(day => day.Key).Select(day => day.Value).Order());
        Assert.Contains("history/kpi_daily/snapshot_date=2018-05-31/part-0.parquet", fixture.Blobs.Paths);
        Assert.Contains("history/kpi_city_daily/snapshot_date=2021-06-30/part-0.parquet", fixture.Blobs.Paths);
        fixture.Audit();

        // The night that follows keeps them.
        var next = await fixture.PublishAsync(SnapshotFixture.Final(22));
        Assert.Equal(108, fixture.Read(next.Id, KpiDaily.Table).Rows.Count(row => row[1] is "article" && row[2] is "K03"));
        Assert.DoesNotContain(fixture.Blobs.Paths, path => path.EndsWith($"{id.ToLowerInvariant()}.json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_back_fill_by_day_makes_each_day()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        await StartAsync(fixture, "?from=2026-11-10&to=2026-11-15&step=day");
        Assert.Equal([10, 11, 12, 13, 14, 15, 22], fixture.Read(fixture.CurrentId()!, KpiDaily.Table).Rows.Select(row => DailyFormats.DayOf(row).Day)
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
        var fixture = await SnapshotFixture.OpenAsync();
        var (status, _, body) = await SnapshotApiTests.AnswerAsync(fixture.Functions.Collection(SnapshotApiTests.Request("POST", query), Token));
        Assert.Equal((400, "bad_parameter"), (status, SnapshotApiTests.Property(body, "code").GetString()));
        Assert.Empty(fixture.Blobs.Paths);
    }

    [Theory]
    [InlineData("put", "/kpi_daily.csv")]
    [InlineData("get", "/manifest.json")]
    [InlineData("put", "current.json")]
    public async Task What_a_killed_process_leaves_behind_another_finishes_once(string verb, string path)
    {
        var fixture = await SnapshotFixture.OpenAsync();
        await fixture.PublishAsync(SnapshotFixture.Final(20));
        // From here on nothing of that process reaches storage any more.
        fixture.Blobs.Before = (what, where) =>
        {
            if (what == verb && where.EndsWith(path, StringComparison.Ordinal))
                fixture.Blobs.Harm = (0, BlobFault.Die);
            return Task.CompletedTask;
        };
        var id = await StartAsync(fixture, "?from=2026-08-01");
        fixture.Blobs.Before = null;
        fixture.Blobs.Heal();
        Assert.Equal("running", (await OperationAsync(fixture, id)).GetProperty("state").GetString());

        fixture.Clock.Advance(TimeSpan.FromSeconds(61));
        using var other = fixture.NewRunner();
        await other.ResumeAsync(Token);
        var operation = await OperationAsync(fixture, id);
        Assert.Equal(("succeeded", fixture.CurrentId()), (operation.GetProperty("state").GetString(), operation.GetProperty("snapshot").GetString()));
        Assert.Single(await fixture.Store.PublishedAsync(Token), each => each.Operation == id);
        fixture.Audit();
        Assert.Empty(await fixture.Book.OpenAsync(Token));
    }

    [Fact]
    public async Task An_operation_that_one_process_runs_no_other_begins()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var (reached, go) = fixture.HoldPut("dim_city.csv");
        await SnapshotApiTests.AnswerAsync(fixture.Functions.Collection(SnapshotApiTests.Request("POST"), Token));
        await reached.WaitAsync(TimeSpan.FromSeconds(20), Token);
        using var other = fixture.NewRunner();
        await other.ResumeAsync(Token).WaitAsync(TimeSpan.FromSeconds(20), Token);
        go.SetResult();
        await fixture.Operations.IdleAsync();
        Assert.Single(await fixture.Store.PublishedAsync(Token));
    }

    [Fact]
    public async Task A_cancelled_operation_ends_and_publishes_nothing()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var (reached, go) = fixture.HoldPut("dim_city.csv");
        var (_, _, body) = await SnapshotApiTests.AnswerAsync(
            fixture.Functions.Collection(SnapshotApiTests.Request("POST", "?from=2018-01-01"), Token));
        var id = SnapshotApiTests.Property(body, "id").GetString()!;
        await reached.WaitAsync(TimeSpan.FromSeconds(20), Token);
        var (status, _, answer) = await SnapshotApiTests.AnswerAsync(fixture.OperationFunctions.Item(SnapshotApiTests.Request("DELETE"), id, Token));
        Assert.Equal((200, true), (status, SnapshotApiTests.Property(answer, "cancelRequested").GetBoolean()));
        go.SetResult();
        await fixture.Operations.IdleAsync();
        Assert.Equal("cancelled", (await OperationAsync(fixture, id)).GetProperty("state").GetString());
        Assert.Null(fixture.CurrentId());
        Assert.Empty(await fixture.Book.OpenAsync(Token));
    }

    [Fact]
    public async Task A_run_whose_checks_fail_says_so_and_leaves_the_evidence()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        fixture.Blobs.Before = (verb, path) =>
        {
            if (verb == "get" && path.EndsWith("fact_project.json", StringComparison.Ordinal))
                fixture.Blobs.Tamper(path, "[]"u8.ToArray());
            return Task.CompletedTask;
        };
        var error = (await OperationAsync(fixture, await StartAsync(fixture, ""))).GetProperty("error");
        Assert.Equal(("snapshot_failed", "fact_project.json is not stored as it was written."),
            (error.GetProperty("code").GetString(), error.GetProperty("detail").GetString()));
        Assert.Null(fixture.CurrentId());
        var evidence = fixture.Json(fixture.Blobs.Paths.Single(path => path.StartsWith("failures/", StringComparison.Ordinal)));
        Assert.Equal(("snapshot_failed", "2026-11-22"),
            (evidence.GetProperty("alert").GetString(), evidence.GetProperty("snapshotDate").GetString()));
        Assert.Contains(fixture.Log.Lines, line => line.Message.StartsWith("Alert snapshot_failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Operations_that_are_long_over_go_and_open_ones_stay()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var old = await StartAsync(fixture, "");
        var open = await fixture.Book.AddAsync("snapshot", "{}", "tests", Token);
        fixture.Clock.Advance(TimeSpan.FromDays(89));
        var young = await StartAsync(fixture, "");
        Assert.Equal(0, await fixture.Book.PurgeAsync(TimeSpan.FromDays(90), Token));
        fixture.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, await fixture.Book.PurgeAsync(TimeSpan.FromDays(90), Token));
        Assert.Null(await fixture.Book.FindAsync(old, Token));
        Assert.NotNull(await fixture.Book.FindAsync(open.Id, Token));
        Assert.NotNull(await fixture.Book.FindAsync(young, Token));
    }

    [Fact]
    public async Task There_is_no_operation_that_nobody_asked_for()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        foreach (var (method, id) in new[] { ("GET", "none"), ("DELETE", "none"), ("GET", "../x") })
            Assert.Equal(404, (await SnapshotApiTests.AnswerAsync(
                fixture.OperationFunctions.Item(SnapshotApiTests.Request(method), id, Token))).Status);
    }

    [Fact]
    public async Task A_run_that_waits_in_vain_for_another_says_so()
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        await fixture.PublishAsync(SnapshotFixture.Final(20));
        // Another process writes, and does not come to an end.
        var lease = (await fixture.Blobs.AcquireLeaseAsync(fixture.Store.Current, TimeSpan.FromSeconds(60), Token))!;
        var (status, _, body) = await SnapshotApiTests.AnswerAsync(fixture.Functions.Collection(SnapshotApiTests.Request("POST"), Token));
        Assert.Equal(202, status);
        var idle = fixture.Operations.IdleAsync();
        for (var steps = 0; !idle.IsCompleted; steps++)
        {
            Assert.InRange(steps, 0, 1000);
            await Task.WhenAny(idle, Task.Delay(TimeSpan.FromMilliseconds(10), Token));
            await fixture.Blobs.RenewLeaseAsync(fixture.Store.Current, lease, Token);
            fixture.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        var operation = await OperationAsync(fixture, SnapshotApiTests.Property(body, "id").GetString()!);
        Assert.Equal(("failed", "snapshot_running"),
            (operation.GetProperty("state").GetString(), operation.GetProperty("error").GetProperty("code").GetString()));
    }

    private static async Task<string> StartAsync(SnapshotFixture fixture, string query)
    {
        var (status, _, body) = await SnapshotApiTests.AnswerAsync(fixture.Functions.Collection(SnapshotApiTests.Request("POST", query), Token));
        Assert.Equal(202, status);
        await fixture.Operations.IdleAsync().WaitAsync(TimeSpan.FromSeconds(60), Token);
        return SnapshotApiTests.Property(body, "id").GetString()!;
    }

    private static async Task<JsonElement> OperationAsync(SnapshotFixture fixture, string id)
    {
        var (_, _, body) = await SnapshotApiTests.AnswerAsync(fixture.OperationFunctions.Item(SnapshotApiTests.Request("GET"), id, Token));
        return JsonSerializer.Deserialize<JsonElement>(body);
    }
}
