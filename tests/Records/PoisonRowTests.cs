using FriendCity.Records;
using FriendCity.Storage;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Logging;

namespace FriendCity.Tests.Records;

/// <summary>Rows that a hand or another program spoiled: each is left out and named in the log, the rest stays.</summary>
public sealed class PoisonRowTests
{
    public static TheoryData<string, object?> Poison => new()
    {
        { "Version", null },
        { "Version", "1" },
        { "Version", 1.0 },
        { "Id", null },
        { "Id", "other" },
        { "Deleted", null },
        { "Deleted", "true" },
        { "Text", null },
        { "Text", 7L },
        { "Count", "7" },
        { "Count", 7.5 },
        { "Share", "0.5" },
        { "Share", double.NaN },
        { "Share", double.PositiveInfinity },
        { "Tags", 1L },
        { "Tags", "[1" },
        { "Tags", "{}" },
        { "Tags", "" },
        { "Tags", "[1]" },
        { "Tags", """[{"a":1,"a":2}]""" },
    };

    [Theory]
    [MemberData(nameof(Poison))]
    public async Task A_row_that_cannot_be_read_is_left_out_and_logged(string column, object? value)
    {
        var tables = new FakeTables(TimeProvider.System);
        using (var writer = new Instance(tables, TimeProvider.System))
        {
            await writer.Replica.ReadAsync(CancellationToken.None);
            await writer.WriteAsync("good", "fine");
            await writer.WriteAsync("bad", "fine");
        }

        var row = tables.Data.Get("memos", RecordKeys.Partition("bad"), RecordKeys.Current("bad"))!;
        var columns = row.Columns.ToDictionary();
        columns.Remove(column);
        if (value is not null)
            columns[column] = value;
        tables.Data.Submit("memos", [TableOperation.Upsert(row with { Columns = columns })]);

        using var loader = new Instance(tables, TimeProvider.System);
        var set = (await loader.Replica.ReadAsync(CancellationToken.None)).Of(Memo.Type);
        Assert.Equal(["good"], set.Live.Select(memo => memo.Id));
        Assert.Equal(1, set.Count);
        Assert.Contains(loader.Log.Lines, line => line.Level == LogLevel.Error);
        await loader.WriteAsync("good", "better");
        Assert.Equal("better", (await loader.ReadAsync("good"))!.Text);
    }

    [Fact]
    public async Task A_row_spoiled_later_leaves_the_version_that_was_read()
    {
        var tables = new FakeTables(TimeProvider.System);
        using var instance = new Instance(tables, TimeProvider.System);
        await instance.Replica.ReadAsync(CancellationToken.None);
        await instance.WriteAsync("a", "first");
        await instance.ReadAsync("a");
        var row = tables.Data.Get("memos", RecordKeys.Partition("a"), RecordKeys.Current("a"))!;
        var columns = row.Columns.ToDictionary();
        columns["Version"] = "2";
        tables.Data.Submit("memos", [TableOperation.Upsert(row with { Columns = columns })]);
        await instance.Feed.PointAsync("memos", [Memo.Of("a", 2, "")], "tests", "operation", null, CancellationToken.None);
        Assert.Equal("first", (await instance.ReadAsync("a"))!.Text);
    }
}
