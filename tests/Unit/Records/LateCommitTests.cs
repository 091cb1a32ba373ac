using FriendCity.Records.Persistence;
using FriendCity.Storage;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Records;

/// <summary>Commits that are late, lost or slow to land, against a clock that moves when told.</summary>
public sealed class LateCommitTests : IDisposable
{
    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero));
    private readonly FakeTables _tables;
    private readonly Instance _instance;

    public LateCommitTests()
    {
        _tables = new FakeTables(_clock);
        _instance = new Instance(_tables, _clock);
        _instance.Replica.ReadAsync(CancellationToken.None).GetAwaiter().GetResult();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(19, 1)]
    [InlineData(20, 2)]
    [InlineData(60, 2)]
    public async Task A_commit_later_than_its_deadline_is_pointed_to_again(int seconds, int entries)
    {
        OnCommit(before: () => _clock.Advance(TimeSpan.FromSeconds(seconds)));
        Assert.IsType<WriteOutcome.Stored>(await _instance.WriteAsync("a", "late"));
        Assert.Equal(entries, Entries.Count);
        Assert.Single(Entries.Select(entry => entry.Text("OperationId")).Distinct());
        await Audit.HoldsAsync(_tables, NoteRecord.Types);
    }

    [Fact]
    public async Task A_writer_that_was_suspended_notices_by_storages_clock()
    {
        OnCommit(before: () => _tables.Skew = TimeSpan.FromMinutes(5));
        Assert.IsType<WriteOutcome.Stored>(await _instance.WriteAsync("a", "late"));
        Assert.Equal(2, Entries.Count);
    }

    [Fact]
    public async Task A_pointer_that_was_slow_to_land_is_not_written_upon()
    {
        OnPointer(() => _clock.Advance(TimeSpan.FromSeconds(21)));
        await Assert.ThrowsAsync<StorageException>(() => _instance.WriteAsync("a", "never"));
        Assert.Empty(Rows);
    }

    [Fact]
    public async Task A_second_pointer_that_was_slow_to_land_does_not_count()
    {
        OnCommit(before: () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(25));
            OnPointer(() => _clock.Advance(TimeSpan.FromSeconds(29)));
        });
        Assert.IsType<WriteOutcome.Unknown>(await _instance.WriteAsync("a", "late"));
        _tables.Before = null;
        await WatchAsync();
        Assert.Equal(3, Entries.Count);
    }

    [Fact]
    public async Task A_lost_answer_is_success_when_the_row_is_ours()
    {
        OnCommit(after: () => throw new StorageException("The answer is lost."));
        var stored = Assert.IsType<WriteOutcome.Stored>(await _instance.WriteAsync("a", "lost"));
        Assert.Equal(1, stored.Record.Version);
        Assert.Equal(2, Entries.Count);
        await Audit.HoldsAsync(_tables, NoteRecord.Types);
    }

    [Fact]
    public async Task A_lost_answer_is_a_lost_race_when_the_row_is_anothers()
    {
        using var other = new Instance(new FakeTables(_clock, _tables.Data), _clock);
        await other.Replica.ReadAsync(CancellationToken.None);
        var plans = 0;
        OnCommit(before: () =>
        {
            other.WriteAsync("a", "theirs").GetAwaiter().GetResult();
            throw new StorageException("Storage never heard of it.");
        });
        var outcome = await _instance.Store.WriteAsync(NoteRecord.Type, "a", "tests", current =>
        {
            plans++;
            return current is null ? new WritePlan.Store(NoteRecord.Of("ours")) : new WritePlan.Nothing(new WriteOutcome.Exists(current));
        }, CancellationToken.None);
        Assert.Equal("theirs", ((NoteRecord)Assert.IsType<WriteOutcome.Exists>(outcome).Record).Text);
        Assert.Equal(2, plans);
    }

    [Fact]
    public async Task A_commit_that_lands_after_its_answer_was_given_up_is_pointed_to_when_it_does()
    {
        TableCall? commit = null;
        OnCommit(call =>
        {
            commit = call;
            throw new StorageException("Nobody answers.");
        });
        var unknown = Assert.IsType<WriteOutcome.Unknown>(await _instance.WriteAsync("a", "zombie"));
        Assert.Equal(2, Entries.Count);
        await _clock.UntilWaitingAsync();
        _clock.Advance(TimeSpan.FromSeconds(90));
        await _instance.Replica.ReadAsync(CancellationToken.None);
        _tables.Data.Submit("memos", commit!.Operations);
        await WatchAsync();
        Assert.Equal([unknown.OperationId], Entries.Select(entry => entry.Text("OperationId")).Distinct());
        Assert.Equal(3, Entries.Count);
        Assert.Equal("zombie", (await _instance.ReadAsync("a"))!.Text);
    }

    [Fact]
    public async Task The_watch_ends_when_another_wrote_that_version()
    {
        OnCommit(before: () => throw new StorageException("Nobody answers."));
        await _instance.WriteAsync("a", "never");
        _tables.Before = null;
        await _clock.UntilWaitingAsync();
        await _instance.WriteAsync("a", "another");
        var asked = Signal();
        _tables.After = call =>
        {
            if (call.Verb == TableCall.Get)
                asked.TrySetResult();
            return Task.CompletedTask;
        };
        _clock.Advance(TimeSpan.FromSeconds(2));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(3, Entries.Count);
        Assert.Equal("another", (await _instance.ReadAsync("a"))!.Text);
    }

    [Fact]
    public async Task A_bulk_insert_that_loses_its_answer_is_resolved_like_a_single_one()
    {
        OnCommit(after: () => throw new StorageException("The answer is lost."));
        var ids = Enumerable.Range(0, 1000).Select(n => $"id{n}").Where(id => RecordKeys.Partition(id) == "5").Take(3).ToList();
        Assert.True(await _instance.Store.InsertAsync(NoteRecord.Type, [.. ids.Select(id => NoteRecord.Of(id, 1, "x"))], "tests",
            CancellationToken.None));
        Assert.Equal(2, Entries.Count);
        await Audit.HoldsAsync(_tables, NoteRecord.Types);
    }

    public void Dispose() => _instance.Dispose();

    private IReadOnlyList<TableRow> Entries => _tables.Data.Page(ChangeFeed.Table, TableRange.All, null, 1000);

    private IReadOnlyList<TableRow> Rows => _tables.Data.Page("memos", TableRange.All, null, 1000);

    /// <summary>Lets the watch look once more, and waits for the entry it writes.</summary>
    private async Task WatchAsync()
    {
        var entered = Signal();
        _tables.After = call =>
        {
            if (call is { Verb: TableCall.Submit, Table: ChangeFeed.Table })
                entered.TrySetResult();
            return Task.CompletedTask;
        };
        await _clock.UntilWaitingAsync();
        _clock.Advance(TimeSpan.FromSeconds(2));
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(20));
        _tables.After = null;
    }

    private void OnCommit(Action? before = null, Action? after = null)
    {
        if (before is not null)
            OnCommit(_ => before());
        if (after is not null)
            _tables.After = call => Once(call, "memos", () => _tables.After = null, _ => after());
    }

    private void OnCommit(Action<TableCall> before) => _tables.Before = call => Once(call, "memos", () => _tables.Before = null, before);

    private void OnPointer(Action before) => _tables.Before = call => Once(call, ChangeFeed.Table, () => _tables.Before = null, _ => before());

    private static Task Once(TableCall call, string table, Action forget, Action<TableCall> act)
    {
        if (call.Verb == TableCall.Submit && call.Table == table)
        {
            forget();
            act(call);
        }

        return Task.CompletedTask;
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
