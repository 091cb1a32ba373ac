using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Records.Replication;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Publishing;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FriendCity.Tests.Integration.Snapshots;

/// <summary>The registry at an instant, over tables in memory and a clock that moves when told.</summary>
public sealed class PointInTimeReaderTests : IDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly FakeClock _clock = new(SnapshotFixture.Start);
    private readonly FakeTables _tables;
    private readonly Instance _instance;

    public PointInTimeReaderTests()
    {
        _tables = new FakeTables(_clock);
        // Polls never wait for the clock here: who waits for it is the cut.
        _instance = new Instance(_tables, _clock);
    }

    [Fact]
    public async Task What_is_written_after_the_instant_is_not_in_the_cut_and_what_it_replaced_is()
    {
        await WriteAsync("a", "before");
        await WriteAsync("b", "before");
        var taking = TakeAsync();
        await _clock.UntilWaitingAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await WriteAsync("a", "after");
        await WriteAsync("c", "after");
        _clock.Advance(TimeSpan.FromSeconds(29));
        var (cut, consistency) = await taking.WaitAsync(TimeSpan.FromSeconds(20), Token);
        Assert.Equal(["a1 before", "b1 before"], Texts(cut));
        Assert.Equal((3, 0), (consistency.Scanned, consistency.Quarantined.Count));
        // The wait is part of the promise: a write takes up to 20 s from its pointer.
        Assert.Contains(TimeSpan.FromSeconds(30), _clock.Waits);
    }

    [Fact]
    public async Task A_write_under_way_at_the_instant_is_in_the_cut()
    {
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await WriteAsync("a", "first");
        _tables.Before = async call =>
        {
            if (call.Verb == TableCall.Submit && call.Table == NoteRecord.Type.Table)
            {
                reached.TrySetResult();
                await go.Task;
            }
        };
        var write = WriteAsync("a", "under way");
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
        _clock.Advance(TimeSpan.FromSeconds(1));
        var taking = TakeAsync();
        await _clock.UntilWaitingAsync();
        go.SetResult();
        await write;
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(["a2 under way"], Texts((await taking.WaitAsync(TimeSpan.FromSeconds(20), Token)).PointInTimeRead));
    }

    [Fact]
    public async Task A_row_that_the_feed_never_named_is_found_and_pointed_to()
    {
        await WriteAsync("a", "first");
        await _instance.Replica.ReadAsync(Token);
        var strange = NoteRecord.Of("strange", 1, "by another hand");
        strange.ChangedAt = SnapshotFixture.Start.AddMinutes(-1);
        await _tables.SubmitAsync(NoteRecord.Type.Table, [TableOperation.Insert(RecordRows.Current(NoteRecord.Type, strange)),
            TableOperation.Insert(RecordRows.History(NoteRecord.Type, strange))], Token);
        Assert.Null(await _instance.ReadAsync("strange"));

        Assert.Equal(["a1 first", "strange1 by another hand"], Texts((await FinishAsync(TakeAsync())).PointInTimeRead));
        Assert.NotNull(await _instance.ReadAsync("strange"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_row_in_the_wrong_partition_does_not_fail_the_cut(long version)
    {
        await WriteAsync("a", "first");
        var misplaced = NoteRecord.Of("a", version, "misplaced");
        misplaced.ChangedAt = SnapshotFixture.Start.AddMinutes(-1);
        var row = RecordRows.Current(NoteRecord.Type, misplaced);
        await _tables.SubmitAsync(NoteRecord.Type.Table,
            [TableOperation.Insert(row with { PartitionKey = RecordKeys.Partitions.First(each => each != row.PartitionKey) })], Token);
        var (cut, consistency) = await FinishAsync(TakeAsync());
        Assert.Equal(["a1 first"], Texts(cut));
        Assert.Single(consistency.Quarantined);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_left_out_and_told()
    {
        await WriteAsync("a", "first");
        await _tables.SubmitAsync(NoteRecord.Type.Table,
            [TableOperation.Insert(new TableRow(RecordKeys.Partition("poison"), RecordKeys.Current("poison"),
            new Dictionary<string, object> { ["Text"] = 5L }))], Token);
        var (cut, consistency) = await FinishAsync(TakeAsync());
        Assert.Equal(["a1 first"], Texts(cut));
        var row = Assert.Single(consistency.Quarantined);
        Assert.Equal(("memos", "poison"), (row.Type, row.Id));
        Assert.NotEmpty(row.Reason);
    }

    [Fact]
    public async Task A_replica_that_lost_a_record_is_noticed()
    {
        await WriteAsync("a", "first");
        await WriteAsync("b", "first");
        var registry = await _instance.Replica.ReadAsync(Token);
        // It says that it holds b, and answers with another version of it.
        var other = registry.With(
            new Dictionary<string, List<FriendCity.Records.Record>> { ["memos"] = [Changed(registry.Of(NoteRecord.Type).Get("b")!, 7)] },
            registry.AsOf);
        var (_, consistency) = await FinishAsync(TakeAsync(_ => Task.FromResult(other)));
        Assert.StartsWith("memos/b has version 1 in the table", consistency.Discord, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_pointers_are_deleted_by_whole_hours_and_young_ones_stay()
    {
        for (var i = 0; i < 5; i++)
        {
            await WriteAsync("a", $"text {i}");
            _clock.Advance(TimeSpan.FromHours(1));
        }

        // It is 17:00, and pointers stand at 12, 13, 14, 15 and 16 o'clock.
        Assert.Equal(2, await new ChangePurge(_tables, _instance.Feed).RunAsync(TimeSpan.FromHours(3), Token));
        Assert.Equal([3L, 4L, 5L], (
            await _instance.Feed.SinceAsync(SnapshotFixture.Start, new Dictionary<string, ChangeRow>(), Token)).Values.SelectMany(
            row => row.Targets).Select(entry => entry.Version));
        Assert.Equal(0, await new ChangePurge(_tables, _instance.Feed).RunAsync(TimeSpan.FromHours(3), Token));
    }

    public void Dispose() => _instance.Dispose();

    private static NoteRecord Changed(NoteRecord memo, long version)
    {
        var changed = NoteRecord.Of(memo.Id, version, memo.Text);
        changed.ChangedAt = memo.ChangedAt;
        return changed;
    }

    private static List<string> Texts(PointInTimeRead cut) =>
        [.. cut.Registry.Of(NoteRecord.Type).Live.Select(memo => $"{memo.Id}{memo.Version} {memo.Text}")];

    private async Task<(PointInTimeRead PointInTimeRead, ConsistencyCheck Consistency)> TakeAsync(
        Func<CancellationToken, Task<RegistrySnapshot>>? records = null)
    {
        var cut = new PointInTimeReader(
            new RegistryScan(_tables, NoteRecord.Types), _instance.Feed, records ?? _instance.Replica.ReadAsync,
            new PastRecords(_tables, NoteRecord.Types, _instance.Quarantine),
            _clock, SnapshotOptions.Default, NullLogger<PointInTimeReader>.Instance);
        var first = await cut.TakeAsync(Token);
        var consistency = await cut.AgreeAsync(first, [], [], Token);
        if (consistency.Discord is null)
            return (first, consistency);
        // What came to light is in the next one.
        var second = await cut.TakeAsync(Token);
        return (second, await cut.AgreeAsync(second, [], [], Token));
    }

    private async Task<(PointInTimeRead PointInTimeRead, ConsistencyCheck Consistency)> FinishAsync(
        Task<(PointInTimeRead PointInTimeRead, ConsistencyCheck Consistency)> taking)
    {
        while (await Task.WhenAny(taking, _clock.UntilWaitingAsync()) != taking)
            _clock.Advance(TimeSpan.FromSeconds(30));
        return await taking.WaitAsync(TimeSpan.FromSeconds(20), Token);
    }

    private async Task WriteAsync(string id, string text)
    {
        // Makes the tables the first time.
        await _instance.Replica.ReadAsync(Token);
        Assert.IsType<WriteOutcome.Stored>(await _instance.WriteAsync(id, text));
    }
}
