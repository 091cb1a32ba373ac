using FriendCity.Records.Import;
using FriendCity.Records.Persistence;
using FriendCity.Registry;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Records;

/// <summary>What the entry of a bulk transaction carries, and how other instances take it.</summary>
public sealed class CarriedRowsTests : IDisposable
{
    private const int Count = 40;

    private readonly FakeTables _tables = new(TimeProvider.System);
    private readonly Instance _writer;
    private readonly FakeTables _tablesOfReader;
    private readonly Instance _reader;

    public CarriedRowsTests()
    {
        _writer = new Instance(_tables, TimeProvider.System);
        _tablesOfReader = new FakeTables(TimeProvider.System, _tables.Data);
        _reader = new Instance(_tablesOfReader, TimeProvider.System);
    }

    [Fact]
    public async Task A_whole_transaction_is_taken_with_two_requests()
    {
        await _reader.Replica.ReadAsync(CancellationToken.None);
        await InsertAsync(Count);
        var before = _tablesOfReader.Calls;
        var registry = await _reader.Replica.ReadAsync(CancellationToken.None);
        Assert.Equal(Count, registry.Of(NoteRecord.Type).Count);
        Assert.Equal(3, _tablesOfReader.Calls - before);
        Assert.All(registry.Of(NoteRecord.Type).Live, memo => Assert.Equal(
            RecordRows.Current(NoteRecord.Type, RecordRows.Read(NoteRecord.Type,
                _tables.Data.Get("memos", RecordKeys.Partition(memo.Id), RecordKeys.Current(memo.Id))!)).Columns,
            RecordRows.Current(NoteRecord.Type, memo).Columns));
        before = _tablesOfReader.Calls;
        await _reader.Replica.ReadAsync(CancellationToken.None);
        Assert.Equal(1, _tablesOfReader.Calls - before);
    }

    [Fact]
    public async Task What_has_not_landed_is_not_taken_until_it_has()
    {
        await _writer.Replica.ReadAsync(CancellationToken.None);
        await _reader.Replica.ReadAsync(CancellationToken.None);
        var (asked, goOn) = (Signal(), Signal());
        _tables.Before = call =>
        {
            if (call is not { Verb: TableCall.Submit, Table: "memos" })
                return Task.CompletedTask;
            asked.SetResult();
            return goOn.Task;
        };
        var insert = InsertAsync(Count);
        await asked.Task;
        Assert.Equal(0, (await _reader.Replica.ReadAsync(CancellationToken.None)).Of(NoteRecord.Type).Count);
        // What it carries is known by now: each poll asks the feed, and for one row whether it has landed.
        var before = _tablesOfReader.Calls;
        Assert.Equal(0, (await _reader.Replica.ReadAsync(CancellationToken.None)).Of(NoteRecord.Type).Count);
        Assert.Equal(2, _tablesOfReader.Calls - before);
        goOn.SetResult();
        await insert;
        Assert.Equal(Count, (await _reader.Replica.ReadAsync(CancellationToken.None)).Of(NoteRecord.Type).Count);
        Assert.Equal(4, _tablesOfReader.Calls - before);
    }

    [Fact]
    public async Task A_transaction_that_was_refused_brings_nothing()
    {
        await _writer.Replica.ReadAsync(CancellationToken.None);
        await _reader.Replica.ReadAsync(CancellationToken.None);
        var ids = Ids(3);
        await _reader.WriteAsync(ids[0], "theirs");
        Assert.False(await _writer.Store.InsertAsync(NoteRecord.Type, [.. ids.Select(id => NoteRecord.Of(id, 0, "ours"))], "tests",
            CancellationToken.None));
        Assert.Equal("theirs", (await _reader.ReadAsync(ids[0]))!.Text);
        Assert.Null(await _reader.ReadAsync(ids[1]));
    }

    [Fact]
    public async Task Damaged_rows_are_read_one_by_one_and_named_in_the_log()
    {
        await _reader.Replica.ReadAsync(CancellationToken.None);
        await InsertAsync(3);
        foreach (var row in _tables.Data.Page(ChangeFeed.Table, TableRange.All, null, 10))
        {
            var columns = row.Columns.ToDictionary();
            columns["Rows"] = new byte[] { 1, 2, 3 };
            _tables.Data.Submit(ChangeFeed.Table, [TableOperation.Upsert(row with { Columns = columns })]);
        }

        Assert.Equal(3, (await _reader.Replica.ReadAsync(CancellationToken.None)).Of(NoteRecord.Type).Count);
        Assert.Contains(_reader.Log.Lines, line => line.Message.Contains("read one by one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Packed_and_unpacked_rows_of_every_type_are_the_same()
    {
        var (sample, _) = await ImportFile.ReadFolderAsync(Repository.At("samples", "sco"), RegistryTypes.All, CancellationToken.None);
        Assert.True(sample.Count > 300);
        foreach (var part in sample.Chunk(50))
        {
            TableRow[] rows = [.. part.Select(row => RecordRows.Current(row.Type, Dated(row.Record)))];
            var unpacked = PackedRows.Unpack(PackedRows.Pack(rows)!);
            Assert.Equal(rows.Select(row => (row.PartitionKey, row.RowKey)), unpacked.Select(row => (row.PartitionKey, row.RowKey)));
            Assert.Equal(rows.Select(row => row.Columns), unpacked.Select(row => row.Columns));
        }
    }

    [Fact]
    public void Rows_that_do_not_fit_into_a_column_are_not_packed()
    {
        var random = new Random(1);
        TableRow Row(int n) => new("0", $"r:{n}",
            new Dictionary<string, object> { ["Text"] = string.Concat(Enumerable.Range(0, 2000).Select(_ => (char)random.Next(0x4E00, 0x9FA5))) });
        Assert.Null(PackedRows.Pack([.. Enumerable.Range(0, 50).Select(Row)]));
    }

    [Fact]
    public void Bytes_that_are_no_rows_are_refused_with_one_exception()
    {
        var packed = PackedRows.Pack([RecordRows.Current(NoteRecord.Type, NoteRecord.Of("a", 1, "text")),
            RecordRows.Current(NoteRecord.Type, NoteRecord.Of("b", 1, "text"))])!;
        var random = new Random(7);
        for (var n = 0; n < 2000; n++)
        {
            var spoilt = packed[..random.Next(packed.Length + 1)];
            if (spoilt.Length > 0)
                spoilt[random.Next(spoilt.Length)] ^= (byte)(1 << random.Next(8));
            if (Xunit.Record.Exception(() => PackedRows.Unpack(spoilt)) is { } fault)
                Assert.IsType<InvalidDataException>(fault);
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _reader.Dispose();
    }

    private async Task InsertAsync(int count)
    {
        await _writer.Replica.ReadAsync(CancellationToken.None);
        Assert.True(await _writer.Store.InsertAsync(NoteRecord.Type, [.. Ids(count).Select(id => NoteRecord.Of(id, 0, "ours"))], "tests",
            CancellationToken.None));
    }

    private static List<string> Ids(int count) =>
        [.. Enumerable.Range(0, int.MaxValue).Select(n => $"id{n}").Where(id => RecordKeys.Partition(id) == "5").Take(count)];

    private static FriendCity.Records.Record Dated(FriendCity.Records.Record record)
    {
        record.ChangedAt = new DateTimeOffset(2024, 3, 25, 1, 2, 3, TimeSpan.Zero).AddTicks(4567);
        return record;
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
