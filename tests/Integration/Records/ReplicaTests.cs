using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Records.Replication;
using FriendCity.Storage;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Logging;

namespace FriendCity.Tests.Integration.Records;

public sealed class ReplicaTests : IDisposable
{
    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 3, 1, 9, 59, 58, TimeSpan.Zero));
    private readonly FakeTables _tables;
    private readonly Instance _instance;

    public ReplicaTests()
    {
        _tables = new FakeTables(_clock);
        _instance = new Instance(_tables, _clock);
    }

    [Fact]
    public async Task A_thousand_reads_at_once_share_a_few_polls()
    {
        await _instance.Replica.ReadAsync(CancellationToken.None);
        var calls = _tables.Calls;
        var gate = Signal();
        _tables.Before = _ => gate.Task;
        var reads = Enumerable.Range(0, 1000).Select(_ => _instance.Replica.ReadAsync(CancellationToken.None)).ToList();
        gate.SetResult();
        await Task.WhenAll(reads);
        Assert.InRange(_tables.Calls - calls, 1, 2);
    }

    [Fact]
    public async Task A_poll_begins_at_once_until_the_budget_of_its_time_is_spent_and_readers_then_share_what_comes_in()
    {
        using var instance = new Instance(new FakeTables(_clock, _tables.Data), _clock,
            new ReplicaOptions(2, TimeSpan.FromSeconds(5), TimeSpan.FromHours(12)));
        for (var i = 0; i <= 2 * 5; i++)
            await instance.Replica.ReadAsync(CancellationToken.None);
        var late = new[] { instance.Replica.ReadAsync(CancellationToken.None), instance.Replica.ReadAsync(CancellationToken.None) };
        await _clock.UntilWaitingAsync();
        Assert.All(late, read => Assert.False(read.IsCompleted));
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        await Task.WhenAll(late);
        Assert.Equal([TimeSpan.FromSeconds(0.5)], _clock.Waits);

        // What is not used comes back, up to the burst and no more.
        _clock.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i <= 2 * 5; i++)
            await instance.Replica.ReadAsync(CancellationToken.None);
        var next = instance.Replica.ReadAsync(CancellationToken.None);
        await _clock.UntilWaitingAsync();
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        await next;
    }

    [Fact]
    public async Task A_read_waits_for_a_poll_that_began_after_it()
    {
        await _instance.Replica.ReadAsync(CancellationToken.None);
        var (asked, release) = (Signal(), Signal());
        _tables.After = async _ =>
        {
            // The first poll has read the feed already; its answer is still on the way.
            _tables.After = null;
            asked.SetResult();
            await release.Task;
        };
        var early = _instance.Replica.ReadAsync(CancellationToken.None);
        await asked.Task;
        using var other = Other();
        await other.WriteAsync("a", "new");
        var late = _instance.Replica.ReadAsync(CancellationToken.None);
        release.SetResult();
        Assert.Null((await early).Of(NoteRecord.Type).Get("a"));
        Assert.Equal("new", (await late).Of(NoteRecord.Type).Get("a")!.Text);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_poll_asks_the_feed_while_the_one_before_fetches_and_goes_on_from_what_that_has_found(bool fails)
    {
        await _instance.Replica.ReadAsync(CancellationToken.None);
        using var other = Other();
        await other.WriteAsync("a", "first");
        var (fetches, release, asked) = (Signal(), Signal(), Signal());
        _tables.Before = async call =>
        {
            if (call.Verb == TableCall.Query && fetches.Task.IsCompleted)
                asked.TrySetResult();
            if (call.Verb == TableCall.Get && fetches.TrySetResult())
            {
                await release.Task;
                if (fails)
                    throw new StorageException("Storage is down.");
            }
        };
        var early = _instance.Replica.ReadAsync(CancellationToken.None);
        await fetches.Task;
        await other.WriteAsync("b", "second");
        var late = _instance.Replica.ReadAsync(CancellationToken.None);
        await asked.Task;
        release.SetResult();
        Assert.Equal(["a", "b"], (await late).Of(NoteRecord.Type).Live.Select(each => each.Id));
        if (fails)
            await Assert.ThrowsAsync<StorageException>(() => early);
        else
            Assert.Equal(["a"], (await early).Of(NoteRecord.Type).Live.Select(each => each.Id));
        Assert.Same(await late, _instance.Replica.Held);
    }

    [Fact]
    public async Task A_caller_that_goes_away_does_not_end_the_poll_of_others()
    {
        await _instance.Replica.ReadAsync(CancellationToken.None);
        var gate = Signal();
        _tables.Before = _ => gate.Task;
        using var gone = new CancellationTokenSource();
        var (left, stays) = (_instance.Replica.ReadAsync(gone.Token), _instance.Replica.ReadAsync(CancellationToken.None));
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        gate.SetResult();
        Assert.NotNull(await stays);
    }

    [Fact]
    public async Task A_failing_poll_is_told_and_the_window_stays_where_it_was()
    {
        await _instance.Replica.ReadAsync(CancellationToken.None);
        using var other = Other();
        await other.WriteAsync("a", "new");
        for (var i = 0; i < 10; i++)
        {
            // Each failing poll begins long after the last: had they moved the window, the entry would be out of it.
            _clock.Advance(TimeSpan.FromMinutes(1));
            _tables.After = call =>
                call.Verb == (i % 2 == 0 ? TableCall.Query : TableCall.Get) ? throw new StorageException("Storage is down.") : Task.CompletedTask;
            await Assert.ThrowsAsync<StorageException>(() => _instance.Replica.ReadAsync(CancellationToken.None));
        }

        _tables.After = null;
        Assert.Equal("new", (await _instance.ReadAsync("a"))!.Text);
    }

    [Fact]
    public async Task A_failing_load_is_told_and_tried_again_by_the_next_read()
    {
        _tables.Before = _ => throw new StorageException("Storage is down.");
        await Assert.ThrowsAsync<StorageException>(() => _instance.Replica.ReadAsync(CancellationToken.None));
        Assert.Null(_instance.Replica.Held);
        _tables.Before = null;
        await _instance.Replica.ReadAsync(CancellationToken.None);
        Assert.NotNull(_instance.Replica.Held);
    }

    [Fact]
    public async Task A_pointer_is_followed_until_its_commit_lands()
    {
        await _instance.Replica.ReadAsync(CancellationToken.None);
        var commit = Signal();
        using var other = Other(tables => tables.Before = call => call is { Verb: TableCall.Submit, Table: "memos" }
            ? commit.Task : Task.CompletedTask);
        var write = other.WriteAsync("a", "new");
        for (var i = 0; i < 5; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(4));
            Assert.Null(await _instance.ReadAsync("a"));
        }

        commit.SetResult();
        await write;
        Assert.Equal("new", (await _instance.ReadAsync("a"))!.Text);
        var calls = _tables.Calls;
        await _instance.ReadAsync("a");
        Assert.Equal(1, _tables.Calls - calls);
    }

    [Fact]
    public async Task A_pointer_without_a_commit_does_no_harm()
    {
        await _instance.Replica.ReadAsync(CancellationToken.None);
        await _instance.Feed.AppendAsync("memos", [NoteRecord.Of("a", 1, "never")], "tests", "operation", null, CancellationToken.None);
        Assert.Null(await _instance.ReadAsync("a"));
        await _instance.WriteAsync("b", "fine");
        Assert.Equal("fine", (await _instance.ReadAsync("b"))!.Text);
        await _instance.WriteAsync("a", "at last");
        Assert.Equal("at last", (await _instance.ReadAsync("a"))!.Text);
    }

    [Fact]
    public async Task Pointers_that_no_product_writes_do_no_harm()
    {
        await _instance.Replica.ReadAsync(CancellationToken.None);
        string?[] poison = [null, "", "{", "[]", "7", """{"a":"x"}""", """{"a":1.5}""", """{"a":99999999999999999999}""", """{"a/b":1}""", """{"a":{}}"""];
        await PointRawAsync("memos", poison);
        await PointRawAsync("letters", """{"a":1}""");
        await PointRawAsync(null, """{"a":1}""");
        await _instance.WriteAsync("b", "fine");
        Assert.Equal("fine", (await _instance.ReadAsync("b"))!.Text);
        Assert.Contains(_instance.Log.Lines, line => line.Level == LogLevel.Error
            && line.Message.Contains("of table changes cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pointer_of_a_later_hour_is_seen()
    {
        await _instance.Replica.ReadAsync(CancellationToken.None);
        // A writer whose clock is ahead, across the hour.
        using var ahead = Other(tables => tables.Skew = TimeSpan.FromSeconds(5));
        await ahead.Replica.ReadAsync(CancellationToken.None);
        await ahead.WriteAsync("a", "new");
        Assert.Equal(["2026030110"], _tables.Data.Page(ChangeFeed.Table, TableRange.All, null, 10).Select(row => row.PartitionKey));
        Assert.Equal("new", (await _instance.ReadAsync("a"))!.Text);
    }

    [Fact]
    public async Task Many_changes_at_once_are_read_by_a_scan()
    {
        await _instance.Replica.ReadAsync(CancellationToken.None);
        using var other = Other();
        for (var i = 0; i < 260; i++)
            await other.WriteAsync($"id{i}", "new");
        var calls = _tables.Calls;
        Assert.Equal(260, (await _instance.Replica.ReadAsync(CancellationToken.None)).Of(NoteRecord.Type).Live.Count());
        Assert.InRange(_tables.Calls - calls, 2, 4);
    }

    [Fact]
    public async Task A_table_of_many_pages_is_loaded_whole()
    {
        using var other = Other();
        for (var i = 0; i < 260; i++)
            await other.WriteAsync($"id{i}", "new");
        _tables.PageSize = 7;
        Assert.Equal(260, (await _instance.Replica.ReadAsync(CancellationToken.None)).Of(NoteRecord.Type).Live.Count());
    }

    [Fact]
    public async Task A_replica_that_slept_too_long_loads_anew()
    {
        using var other = Other();
        await other.WriteAsync("a", "old");
        await _instance.Replica.ReadAsync(CancellationToken.None);
        await other.WriteAsync("a", "new");
        Purge();
        _clock.Advance(TimeSpan.FromHours(11));
        Assert.Equal("old", (await _instance.ReadAsync("a"))!.Text);
        _clock.Advance(TimeSpan.FromHours(12) + TimeSpan.FromSeconds(2));
        Assert.Equal("new", (await _instance.ReadAsync("a"))!.Text);
    }

    [Fact]
    public async Task A_machine_that_was_suspended_notices_by_storages_clock()
    {
        using var other = Other();
        await other.WriteAsync("a", "old");
        await _instance.Replica.ReadAsync(CancellationToken.None);
        await other.WriteAsync("a", "new");
        Purge();
        // Suspended, a machine's monotonic clock stands still while storage's goes on.
        _tables.Skew = TimeSpan.FromHours(13);
        Assert.Equal("new", (await _instance.ReadAsync("a"))!.Text);
    }

    public void Dispose() => _instance.Dispose();

    private Instance Other(Action<FakeTables>? set = null)
    {
        var tables = new FakeTables(_clock, _tables.Data);
        set?.Invoke(tables);
        tables.EnsureTableAsync(ChangeFeed.Table, CancellationToken.None).GetAwaiter().GetResult();
        tables.EnsureTableAsync("memos", CancellationToken.None).GetAwaiter().GetResult();
        return new Instance(tables, _clock);
    }

    private void Purge()
    {
        foreach (var row in _tables.Data.Page(ChangeFeed.Table, TableRange.All, null, 1000))
            _tables.Data.Submit(ChangeFeed.Table, [TableOperation.Delete(row.PartitionKey, row.RowKey, "*")]);
    }

    private async Task PointRawAsync(string? type, params string?[] ids)
    {
        foreach (var text in ids)
        {
            var columns = new Dictionary<string, object>();
            if (type is not null)
                columns["Type"] = type;
            if (text is not null)
                columns["Ids"] = text;
            var row = new TableRow(_instance.Feed.Now.UtcDateTime.ToString("yyyyMMddHH", null), Ulid.New(_instance.Feed.Now), columns);
            await _tables.SubmitAsync(ChangeFeed.Table, [TableOperation.Upsert(row)], CancellationToken.None);
        }
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
