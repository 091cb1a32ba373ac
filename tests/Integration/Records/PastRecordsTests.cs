using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Records.Replication;
using FriendCity.Storage;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Records;

public sealed class PastRecordsTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
    private readonly FakeTables _tables;
    private readonly Instance _instance;
    private readonly PastRecords _past;

    public PastRecordsTests()
    {
        _tables = new FakeTables(_clock);
        _instance = new Instance(_tables, _clock, ReplicaOptions.Default with { MaxSleep = TimeSpan.FromDays(400) });
        _past = New();
    }

    [Fact]
    public async Task Of_each_record_the_version_of_that_time_is_shown()
    {
        await ReadAsync();
        await _instance.WriteAsync("a", "a1");
        await _instance.WriteAsync("still", "same");
        var first = Later();
        await _instance.WriteAsync("a", "a2");
        await _instance.WriteAsync("b", "b1");
        var second = Later();
        await _instance.Store.WriteAsync(NoteRecord.Type, "a", "tests", current => new WritePlan.Store(Deleted((NoteRecord)current!)), None);
        await _instance.WriteAsync("b", "b2");
        var third = Later();
        Assert.Equal(["a a1", "still same"], await AtAsync(first));
        Assert.Equal(["a a2", "b b1", "still same"], await AtAsync(second));
        Assert.Equal(["a deleted", "b b2", "still same"], await AtAsync(third));
        Assert.Empty(await AtAsync(first.AddDays(-1)));
    }

    [Fact]
    public async Task An_instant_as_the_wire_shows_it_includes_the_version_it_was_shown_of()
    {
        await ReadAsync();
        _clock.Advance(TimeSpan.FromTicks(12_345_678));
        await _instance.WriteAsync("a", "a1");
        await _instance.WriteAsync("a", "a2");
        var written = (await ReadAsync()).Of(NoteRecord.Type).Get("a")!.ChangedAt;
        var shown = new DateTimeOffset(written.UtcTicks - (written.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        Assert.NotEqual(shown, written);
        Later();
        Assert.Equal(["a a2"], await AtAsync(shown));
        Assert.Empty(await AtAsync(shown.AddTicks(-1)));
    }

    [Fact]
    public async Task Versions_count_by_number_where_their_times_run_backwards()
    {
        await ReadAsync();
        await _instance.WriteAsync("a", "a1");
        var (first, ahead) = (Later(), TimeSpan.FromMinutes(5));
        using (var other = new Instance(new FakeTables(_clock, _tables.Data) { Skew = ahead }, _clock))
        {
            await other.Replica.ReadAsync(None);
            await other.WriteAsync("a", "a2, by a clock ahead");
        }

        await _instance.WriteAsync("a", "a3");
        var between = Later();
        await _instance.WriteAsync("a", "a4");
        Later();
        Assert.Equal(["a a1"], await AtAsync(first));
        Assert.Equal(["a a3"], await AtAsync(between));
    }

    [Fact]
    public async Task Many_changed_records_are_found_by_scanning_and_new_ones_without_reading_anything()
    {
        await ReadAsync();
        var ids = Enumerable.Range(0, 250).Select(n => $"m{n:D3}").ToList();
        foreach (var id in ids)
            await _instance.WriteAsync(id, "old");
        var at = Later();
        foreach (var id in ids)
            await _instance.WriteAsync(id, "new");
        await _instance.WriteAsync("young", "new");
        Later();
        var registry = await ReadAsync();
        var calls = _tables.Calls;
        Assert.Equal(ids.Select(id => $"{id} old"), Show(await _past.AtAsync(registry, at, None)));
        Assert.InRange(_tables.Calls - calls, 1, 32);

        calls = _tables.Calls;
        Assert.Empty(Show(await New().AtAsync(await NewRecordsAsync(), at, None)));
        Assert.Equal(calls, _tables.Calls);
    }

    [Fact]
    public async Task The_past_is_read_once_and_a_failure_is_not_kept()
    {
        await ReadAsync();
        await _instance.WriteAsync("a", "a1");
        var at = Later();
        await _instance.WriteAsync("a", "a2");
        Later();
        var registry = await ReadAsync();
        _tables.Before = _ => throw new StorageException("down");
        await Assert.ThrowsAsync<StorageException>(() => _past.AtAsync(registry, at, None));
        _tables.Before = null;
        Assert.Equal(["a a1"], Show(await _past.AtAsync(registry, at, None)));
        var calls = _tables.Calls;
        Assert.Equal(["a a1"], Show(await _past.AtAsync(registry, at, None)));
        Assert.Equal(calls, _tables.Calls);
    }

    /// <summary>A write under way has the time it began at and lands later: until none can, what is read of that time is not kept.</summary>
    [Theory]
    [InlineData(1_000, false)]
    [InlineData(29_999, false)]
    [InlineData(30_000, true)]
    public async Task The_recent_past_is_read_anew_until_no_write_can_land_in_it(int millisecondsLater, bool kept)
    {
        await ReadAsync();
        await _instance.WriteAsync("a", "a1");
        await _instance.WriteAsync("a", "a2, under way");
        var at = _instance.Feed.Now;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _instance.WriteAsync("a", "a3");
        var registry = (await ReadAsync()).With(new Dictionary<string, List<FriendCity.Records.Record>>(), at.AddMilliseconds(millisecondsLater));
        _tables.Hidden = (_, row) => row.RowKey == RecordKeys.History("a", 2);
        Assert.Equal(["a a1"], Show(await _past.AtAsync(registry, at, None)));
        _tables.Hidden = null;
        Assert.Equal([kept ? "a a1" : "a a2, under way"], Show(await _past.AtAsync(registry, at, None)));
    }

    [Fact]
    public async Task A_version_that_cannot_be_read_is_not_replaced_by_an_older_one()
    {
        await ReadAsync();
        await _instance.WriteAsync("a", "a1");
        await _instance.WriteAsync("a", "a2");
        var at = Later();
        await _instance.WriteAsync("a", "a3");
        Later();
        var row = _tables.Data.Get("memos", RecordKeys.Partition("a"), RecordKeys.History("a", 2))!;
        _tables.Data.Submit("memos",
            [TableOperation.Upsert(row with { Columns = row.Columns.Where(column => column.Key != "Text").ToDictionary() })]);
        Assert.Empty(await AtAsync(at));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_is_written_later_never_changes_an_earlier_answer(int seed)
    {
        await ReadAsync();
        var random = new Random(seed);
        var answers = new List<(DateTimeOffset At, List<string> Shown)>();
        for (var step = 0; step < 60; step++)
        {
            await _instance.WriteAsync($"m{random.Next(8)}", $"text {step}");
            if (random.Next(3) == 0)
            {
                var at = Later();
                answers.Add((at, Show(await ReadAsync())));
            }
        }

        Later();
        foreach (var (at, shown) in answers)
            Assert.Equal(shown, await AtAsync(at));
    }

    public void Dispose() => _instance.Dispose();

    private PastRecords New() => new(_tables, NoteRecord.Types, _instance.Quarantine);

    private Task<RegistrySnapshot> ReadAsync() => _instance.Replica.ReadAsync(None);

    /// <summary>The instant before a minute passes.</summary>
    private DateTimeOffset Later()
    {
        _clock.Advance(TimeSpan.FromSeconds(30));
        var at = _instance.Feed.Now;
        _clock.Advance(TimeSpan.FromSeconds(60));
        return at;
    }

    private async Task<List<string>> AtAsync(DateTimeOffset at)
    {
        var registry = await ReadAsync();
        var shown = Show(await New().AtAsync(registry, at, None));
        foreach (var record in Enumerable.Range(0, registry.Of(NoteRecord.Type).Count).Select(i => registry.Of(NoteRecord.Type)[i]))
            Assert.Equal(shown.Find(line => line.StartsWith($"{record.Id} ", StringComparison.Ordinal)), await New()
                .AtAsync(NoteRecord.Type, record, at, None) is NoteRecord memo ? Line(memo) : null);
        return shown;
    }

    /// <summary>A view in which every record is new: at version 1, changed now.</summary>
    private Task<RegistrySnapshot> NewRecordsAsync()
    {
        var memo = NoteRecord.Of("new", 1, "new");
        memo.ChangedAt = _instance.Feed.Now;
        return Task.FromResult(RegistrySnapshot.Empty(NoteRecord.Types)
            .With(new Dictionary<string, List<FriendCity.Records.Record>> { ["memos"] = [memo] }, _instance.Feed.Now));
    }

    private static List<string> Show(RegistrySnapshot registry) =>
        [.. Enumerable.Range(0, registry.Of(NoteRecord.Type).Count).Select(i => Line((NoteRecord)registry.Of(NoteRecord.Type)[i]))];

    private static string Line(NoteRecord memo) => $"{memo.Id} {(memo.Deleted ? "deleted" : memo.Text)}";

    private static NoteRecord Deleted(NoteRecord current)
    {
        var gone = NoteRecord.Of(current.Text);
        gone.Deleted = true;
        return gone;
    }
}
