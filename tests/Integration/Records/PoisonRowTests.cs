using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Records.Replication;
using FriendCity.Registry;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Logging;
using Record = FriendCity.Records.Record;

namespace FriendCity.Tests.Integration.Records;

/// <summary>Rows that a hand or another program spoiled: each is left out and named, the rest stays, and nothing stops.</summary>
public sealed class PoisonRowTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero));
    private readonly FakeTables _tables;

    public PoisonRowTests() => _tables = new FakeTables(_clock);

    public static TheoryData<string> Types => Poison.Types;

    [Theory]
    [MemberData(nameof(Types))]
    public async Task No_bad_cell_of_a_current_row_stops_a_start(string name)
    {
        var (type, sample) = await SampleAsync(name);
        using var writer = await NewAsync();
        Store(type, Poison.Row(type, sample, "good", 1, Now));
        var bad = Spoiled(type, sample, history: false);
        foreach (var (row, _) in bad)
            Store(type, row);

        using var loader = await NewAsync();
        var set = (await loader.Replica.ReadAsync(None)).Of(name);
        Assert.Equal(["good"], Enumerable.Range(0, set.Count).Select(i => set[i].Id));
        AssertNamed(loader, bad);
        Assert.Equal(bad.Count, loader.Log.Lines.Count(line => line.Level == LogLevel.Error));
        Assert.IsType<WriteOutcome.Stored>(await loader.Store.WriteAsync(type, "good", "tests", current => new WritePlan.Store(Copy(type, current!)),
            None));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task No_bad_cell_of_a_current_row_stops_a_running_instance(string name)
    {
        var (type, sample) = await SampleAsync(name);
        using var instance = await NewAsync();
        Store(type, Poison.Row(type, sample, "good", 1, Now));
        var bad = Spoiled(type, sample, history: false);
        foreach (var (row, _) in bad)
            Store(type, row);
        foreach (var part in bad.Select(each => Named(each.Row)).Append("good").Distinct().Chunk(100))
            await instance.Feed.AppendAsync(name, part.Select(id => Version(type, sample, id, 1)), "tests", "operation", null, None);

        var set = (await instance.Replica.ReadAsync(None)).Of(name);
        Assert.Equal(["good"], Enumerable.Range(0, set.Count).Select(i => set[i].Id));
        // A row whose key names another record than its cells is looked for by its key.
        AssertNamed(instance, bad);
        foreach (var (row, what) in bad)
            Assert.True(await instance.Store.WriteAsync(type, Named(row), "tests", _ => new WritePlan.Store(Copy(type, sample)),
                None) is WriteOutcome.Unreadable, what);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task No_bad_cell_of_a_history_row_stops_the_history_or_the_past(string name)
    {
        var (type, sample) = await SampleAsync(name);
        var times = Enumerable.Range(0, 4).Select(n => Now.AddDays(n)).ToArray();
        var bad = Spoiled(type, sample, history: true, version: 2, at: times[1]);
        using var setUp = await NewAsync();
        foreach (var (row, _) in bad)
        {
            var id = RecordKeys.OfHistory(row.RowKey)!.Value.Id;
            Store(type, Poison.Row(type, sample, id, 1, times[0], history: true));
            Store(type, row);
            Store(type, Poison.Row(type, sample, id, 3, times[2], history: true));
            Store(type, Poison.Row(type, sample, id, 3, times[2]));
        }

        _clock.Advance(TimeSpan.FromDays(4));
        using var instance = await NewAsync();
        var past = new PastRecords(_tables, RegistryTypes.All, instance.Quarantine);
        foreach (var (row, what) in bad)
            Assert.True((await instance.Store.HistoryAsync(type, RecordKeys.OfHistory(row.RowKey)!.Value.Id, None)).Select(version => version.Version)
                .SequenceEqual([1, 3]), what);
        AssertNamed(instance, bad);

        var registry = await instance.Replica.ReadAsync(None);
        // Both ways to the past: record by record, and by a scan of the type.
        // A version that does not tell its time may have been written at once after the one before it.
        var dated = bad.Where(each => each.Row.Columns.GetValueOrDefault("ChangedAt") is DateTimeOffset).ToList();
        Assert.Equal(dated.Count, (await past.AtAsync(type, registry, times[0].AddHours(1), None)).Count);
        Assert.Equal(0, (await past.AtAsync(type, registry, times[1].AddHours(1), None)).Count);
        Assert.Equal(bad.Count, (await past.AtAsync(type, registry, times[2].AddHours(1), None)).Count);
        foreach (var (row, what) in bad)
        {
            var current = registry.Of(name).Find(RecordKeys.OfHistory(row.RowKey)!.Value.Id)!;
            Assert.True(await past.AtAsync(type, current, times[1].AddHours(1), None) is null, what);
            Assert.True(!dated.Contains((row, what)) || await past.AtAsync(type, current, times[0].AddHours(1), None) is { Version: 1 }, what);
        }
    }

    [Theory]
    [InlineData("other partition")]
    [InlineData("no partition of ours")]
    public async Task A_row_in_the_wrong_partition_is_left_out_and_named_and_the_right_one_stays(string where)
    {
        var (type, sample) = await SampleAsync("countries");
        using var setUp = await NewAsync();
        var right = Poison.Row(type, sample, "a", 1, Now);
        var wrong = right with { PartitionKey = where == "other partition" ? RecordKeys.Partitions.First(each => each != right.PartitionKey) : "zz" };
        Store(type, right);
        Store(type, wrong);
        using var instance = await NewAsync();
        Assert.Equal(1, (await instance.Replica.ReadAsync(None)).Of("countries").Count);
        Assert.Equal([(type.Table, wrong.PartitionKey, wrong.RowKey)], instance.Quarantine.Rows.Select(row => (row.Table, row.Partition, row.Row)));
        Assert.IsType<WriteOutcome.Stored>(await instance.Store.WriteAsync(type, "a", "tests", current => new WritePlan.Store(Copy(type, current!)),
            None));
    }

    public static TheoryData<string, object?> Entries => new()
    {
        { "Type", null }, { "Type", 7L }, { "Type", "" }, { "Type", "planets" }, { "Type", true },
        { "Ids", null }, { "Ids", 7L }, { "Ids", "" }, { "Ids", "{" }, { "Ids", "[]" }, { "Ids", "null" }, { "Ids", "7" }, { "Ids", "{}x" }, { "Ids", """{"a":null}""" }, { "Ids", """{"a":"1"}""" },
        { "Ids", """{"a":1.5}""" }, { "Ids", """{"a":0}""" }, { "Ids", """{"a":-1}""" }, { "Ids", """{"a":99999999999999999999}""" }, { "Ids", """{"a":9223372036854775807}""" }, { "Ids", """{"a/b":1}""" },
        { "Ids", """{"a":[1]}""" }, { "Ids", """{"a":1,"a":2}""" }, { "Actor", 7L }, { "OperationId", null }, { "OperationId", 1.5 }, { "Rows", "text" }, { "Rows", new byte[] { 1, 2, 3 } }, { "Rows", Array.Empty<byte>() },
    };

    /// <summary>
    /// Records of a bulk write come from their entry, or where that is spoiled from their own rows; those of other writes come in any case.
    /// </summary>
    [Theory]
    [MemberData(nameof(Entries))]
    public async Task No_bad_cell_of_a_pointer_stops_a_reader(string column, object? value)
    {
        var tables = new FakeTables(_clock);
        using var writer = new Instance(tables, _clock);
        using var reader = new Instance(tables, _clock);
        await writer.Replica.ReadAsync(None);
        await reader.Replica.ReadAsync(None);
        var partition = RecordKeys.Partition("a");
        var ids = Enumerable.Range(0, 1000).Select(n => $"id{n}").Where(id => RecordKeys.Partition(id) == partition).Take(3).ToList();
        Assert.True(await writer.Store.InsertAsync(NoteRecord.Type, [.. ids.Select(id => NoteRecord.Of(id, 1, "bulk"))], "tests", None));
        var entry = Assert.Single(tables.Data.Page(ChangeFeed.Table, TableRange.All, null, 10));
        tables.Data.Submit(ChangeFeed.Table, [TableOperation.Upsert(Poison.Spoil(entry, column, value ?? Poison.Missing))]);
        await writer.WriteAsync("other", "fine");

        var set = (await reader.Replica.ReadAsync(None)).Of(NoteRecord.Type);
        Assert.NotNull(set.Get("other"));
        var carries = column is "Actor" or "OperationId" or "Rows";
        Assert.Equal(carries ? ids.Count : 0, ids.Count(id => set.Get(id) is not null));
        var known = column == "Type" && value is string;
        Assert.Equal(carries || known ? [] : [entry.RowKey], reader.Quarantine.Rows.Select(row => row.Row));
    }

    [Fact]
    public async Task A_row_spoiled_later_leaves_the_version_that_was_read_until_it_is_mended()
    {
        var tables = new FakeTables(TimeProvider.System);
        using var instance = new Instance(tables, TimeProvider.System);
        await instance.Replica.ReadAsync(None);
        await instance.WriteAsync("a", "first");
        await instance.ReadAsync("a");
        var row = tables.Data.Get("memos", RecordKeys.Partition("a"), RecordKeys.Current("a"))!;
        tables.Data.Submit("memos", [TableOperation.Upsert(Poison.Spoil(row, "Version", "2"))]);
        await instance.Feed.AppendAsync("memos", [NoteRecord.Of("a", 2, "")], "tests", "operation", null, None);
        Assert.Equal("first", (await instance.ReadAsync("a"))!.Text);
        var review = new QuarantineReview(tables, NoteRecord.Types, instance.Quarantine);
        Assert.Single(await review.RowsAsync(None));

        tables.Data.Submit("memos", [TableOperation.Upsert(row)]);
        Assert.Empty(await review.RowsAsync(None));
        Assert.IsType<WriteOutcome.Stored>(await instance.WriteAsync("a", "second"));
        Assert.Equal("second", (await instance.ReadAsync("a"))!.Text);
    }

    private DateTimeOffset Now => _clock.GetUtcNow();

    private async Task<Instance> NewAsync()
    {
        var tables = new FakeTables(_clock, _tables.Data);
        var instance = new Instance(tables, tables.Clock, _clock, RegistryTypes.All);
        await instance.Replica.ReadAsync(None);
        return instance;
    }

    private void Store(RecordType type, TableRow row) => _tables.Data.Submit(type.Table, [TableOperation.Upsert(row)]);

    /// <summary>A row for each bad cell, each of a record of its own.</summary>
    private List<(TableRow Row, string What)> Spoiled(RecordType type, Record sample, bool history, long version = 1, DateTimeOffset? at = null) =>
    [
        .. Poison.Of(type).Select((poison, n) => (
            Poison.Spoil(Poison.Row(type, sample, $"bad{n}", version, at ?? Now, history), poison.Column, poison.Value),
            $"{type.Name}.{poison.Column} {poison.What} {poison.Value}")),
    ];

    private static void AssertNamed(Instance instance, List<(TableRow Row, string What)> bad)
    {
        var named = instance.Quarantine.Rows.ToDictionary(row => row.Row, row => row.Reason);
        Assert.Empty(bad.Where(each => !named.ContainsKey(each.Row.RowKey)).Select(each => each.What));
        Assert.Equal(bad.Count, named.Count);
    }

    private static string Named(TableRow row) => row.RowKey[RecordKeys.CurrentFrom.Length..];

    private static Record Version(RecordType type, Record sample, string id, long version)
    {
        var copy = Copy(type, sample);
        (copy.Id, copy.Version) = (id, version);
        return copy;
    }

    private static Record Copy(RecordType type, Record record) => type.FromColumns(type.ToColumns(record));

    private static async Task<(RecordType Type, Record Sample)> SampleAsync(string name)
    {
        var (type, set) = (RegistryTypes.All.Find(name)!, (await SampleRegistry.LoadAsync()).Of(name));
        // The office's sample has no country at risk.
        return (type, set.Count > 0 ? set[0] : new Rows()
            .Add(name, "a", "{'countryId':'RU','level':'high','since':'2020-01-01'}").Registry.Of(name)[0]);
    }
}
