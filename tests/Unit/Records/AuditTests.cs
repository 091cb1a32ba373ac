using FriendCity.Records.Persistence;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Records;

/// <summary>The audit that other tests rely on sees each kind of harm.</summary>
public sealed class AuditTests
{
    private static readonly string Partition = RecordKeys.Partition("a");

    [Theory]
    [InlineData("nothing", null)]
    [InlineData("r:a", "memos/a: has history but no current row")]
    [InlineData("h:a:0000000001", "memos/a: version 1 is missing, or h:a:0000000002 is one too many")]
    [InlineData("h:a:0000000002", "memos/a: its current row differs from its newest history row")]
    public async Task A_row_that_is_gone_is_noticed(string gone, string? fault)
    {
        var tables = await TwoVersionsAsync();
        tables.Data.Submit("memos", [TableOperation.Delete(Partition, gone, "*")]);
        Assert.Equal(fault is null ? [] : [fault], await Audit.FaultsAsync(tables, NoteRecord.Types));
    }

    [Fact]
    public async Task A_version_without_a_pointer_is_noticed()
    {
        var tables = await TwoVersionsAsync();
        var entry = tables.Data.Page(ChangeFeed.Table, TableRange.All, null, 10).Single(row => row.Text("Ids") == """{"a":1}""");
        tables.Data.Submit(ChangeFeed.Table, [TableOperation.Delete(entry.PartitionKey, entry.RowKey, "*")]);
        Assert.Equal(["memos/a: nothing in the change feed names version 1"], await Audit.FaultsAsync(tables, NoteRecord.Types));
    }

    [Fact]
    public async Task A_current_row_changed_without_history_is_noticed()
    {
        var tables = await TwoVersionsAsync();
        var row = tables.Data.Get("memos", Partition, "r:a")!;
        tables.Data.Submit("memos",
            [TableOperation.Upsert(row with { Columns = new Dictionary<string, object>(row.Columns) { ["Text"] = "by hand" } })]);
        Assert.Equal(["memos/a: its current row differs from its newest history row"], await Audit.FaultsAsync(tables, NoteRecord.Types));
    }

    private static async Task<FakeTables> TwoVersionsAsync()
    {
        var tables = new FakeTables(TimeProvider.System);
        using var instance = new Instance(tables, TimeProvider.System);
        await instance.Replica.ReadAsync(CancellationToken.None);
        await instance.WriteAsync("a", "first");
        await instance.WriteAsync("a", "second");
        return tables;
    }
}
