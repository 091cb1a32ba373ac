using System.Collections.Concurrent;
using FriendCity.Records.Persistence;
using FriendCity.Storage;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Records;

/// <summary>Polls of a change feed that is full of entries which are known, as it is under an import.</summary>
public sealed class ManyEntriesTests : IDisposable
{
    private const int Many = 40;

    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
    private readonly FakeTables _tables;
    private readonly Instance _writer;
    private readonly FakeTables _tablesOfReader;
    private readonly Instance _reader;

    public ManyEntriesTests()
    {
        _tables = new FakeTables(_clock);
        _writer = new Instance(_tables, _clock);
        _tablesOfReader = new FakeTables(_clock, _tables.Data);
        _reader = new Instance(_tablesOfReader, _clock);
    }

    [Fact]
    public async Task What_known_entries_name_is_not_read_again()
    {
        await ReadAllAsync(Many);
        Assert.Equal(["Type, Ids: 8", $"Type: {Many}"], await AskedAsync());
        await WriteAsync("new");
        Assert.Equal(["Type, Ids: 9", $"Type: {Many + 1}"], await AskedAsync());
        Assert.Equal("new", (await _reader.ReadAsync("new"))!.Text);
    }

    [Fact]
    public async Task An_entry_that_was_stored_late_is_found_among_them()
    {
        await _writer.Replica.ReadAsync(CancellationToken.None);
        await _reader.Replica.ReadAsync(CancellationToken.None);
        await WriteAsync("late");
        var late = _tables.Data.Page(ChangeFeed.Table, TableRange.All, null, 1)[0].RowKey;
        _tablesOfReader.Hidden = (_, row) => row.RowKey == late;
        await ReadAllAsync(Many);
        Assert.Null(await _reader.ReadAsync("late"));
        _tablesOfReader.Hidden = null;
        Assert.Equal("late", (await _reader.ReadAsync("late"))!.Text);
    }

    [Theory, InlineData(10), InlineData(Many)]
    public async Task An_entry_that_a_hand_copied_to_another_hour_stops_nobody(int entries)
    {
        await ReadAllAsync(entries);
        var row = _tables.Data.Page(ChangeFeed.Table, TableRange.All, null, 1)[0];
        _tables.Data.Submit(ChangeFeed.Table, [TableOperation.Upsert(row with { PartitionKey = "2026030112" })]);
        await WriteAsync("new");
        Assert.Equal("new", (await _reader.ReadAsync("new"))!.Text);
        Assert.Equal("new", (await _reader.ReadAsync("new"))!.Text);
    }

    [Fact]
    public async Task An_entry_whose_write_never_lands_leaves_the_records_as_they_are()
    {
        await ReadAllAsync(1);
        var stamp = _reader.Replica.Held!.Stamp;
        _tables.Before = call => call is { Verb: TableCall.Submit, Table: "memos" } ? throw new StorageException("down") : Task.CompletedTask;
        await WriteAsync("id0");
        Assert.Equal(stamp, (await _reader.Replica.ReadAsync(CancellationToken.None)).Stamp);
    }

    [Fact]
    public async Task Few_are_read_whole_with_one_request()
    {
        await ReadAllAsync(10);
        Assert.Equal(["Type, Ids: 10"], await AskedAsync());
    }

    public void Dispose()
    {
        _writer.Dispose();
        _reader.Dispose();
    }

    private async Task ReadAllAsync(int entries)
    {
        await _writer.Replica.ReadAsync(CancellationToken.None);
        await _reader.Replica.ReadAsync(CancellationToken.None);
        for (var n = 0; n < entries; n++)
            await WriteAsync($"id{n}");
        await _reader.Replica.ReadAsync(CancellationToken.None);
    }

    private Task<WriteOutcome> WriteAsync(string id)
    {
        // So that the keys of entries are in the order of writes.
        _clock.Advance(TimeSpan.FromMilliseconds(10));
        return _writer.WriteAsync(id, id);
    }

    /// <summary>Which columns of how many entries a poll reads.</summary>
    private async Task<IEnumerable<string>> AskedAsync()
    {
        var asked = new ConcurrentBag<string>();
        _tablesOfReader.Queried = (table, columns, rows) =>
        {
            if (table == ChangeFeed.Table)
                asked.Add($"{string.Join(", ", columns!)}: {rows}");
        };
        await _reader.Replica.ReadAsync(CancellationToken.None);
        _tablesOfReader.Queried = null;
        return asked.Order(StringComparer.Ordinal);
    }
}
