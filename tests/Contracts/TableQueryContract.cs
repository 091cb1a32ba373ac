using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Contracts;

/// <summary>Ranges, pages and columns.</summary>
public abstract class TableQueryContract(Azurite azurite) : TableContract(azurite)
{
    [Fact]
    public async Task A_query_goes_on_past_the_thousand_rows_of_a_page()
    {
        var (tables, table) = await NewTableAsync();
        for (var i = 0; i < 2300; i += 100)
            await CommitAsync(tables, table, [.. Enumerable.Range(i, 100)
                .Select(n => TableOperation.Insert(Row("青'岛", $"r:{n:D4}", ("N", (long)n))))]);

        var pages = new List<int>();
        var rows = new List<TableRow>();
        await foreach (var page in tables.QueryAsync(table, new TableRange("青'岛"), null, Token))
        {
            pages.Add(page.Count);
            rows.AddRange(page);
        }

        Assert.Equal(Enumerable.Range(0, 2300).Select(n => $"r:{n:D4}"), rows.Select(row => row.RowKey));
        Assert.All(pages, count => Assert.InRange(count, 1, 1000));
        Assert.Equal(2300, (await ReadAsync(tables, table, TableRange.All)).Count);
    }

    [Fact]
    public async Task A_query_goes_on_past_a_page_over_the_partitions()
    {
        var (tables, table) = await NewTableAsync();
        var partitions = Enumerable.Range(10, 12).Select(n => $"𠮷'{n}").ToList();
        foreach (var partition in partitions)
            await CommitAsync(tables, table, [.. Enumerable.Range(100, 100).Select(n => TableOperation.Insert(Row(partition, $"{n}")))]);
        var expected = partitions.SelectMany(partition => Enumerable.Range(100, 100).Select(n => (partition, $"{n}"))).ToList();
        Assert.Equal(expected, (await ReadAsync(tables, table, TableRange.All)).Select(row => (row.PartitionKey, row.RowKey)));
        Assert.Equal(expected[150..], (await ReadAsync(tables, table, TableRange.StartingAt("𠮷'11", "150")))
            .Select(row => (row.PartitionKey, row.RowKey)));
    }

    [Fact]
    public async Task A_range_includes_its_lower_bound_and_not_its_upper()
    {
        var (tables, table) = await NewTableAsync();
        await CommitAsync(tables, table, [.. "ABCab".Select(c => TableOperation.Insert(Row("p", $"{c}")))]);
        await InsertAsync(tables, table, Row("q", "B"));
        Assert.Equal(["B", "C", "a"], (await ReadAsync(tables, table, TableRange.Rows("p", "B", "b"))).Select(row => row.RowKey));
        Assert.Equal(["C", "a", "b"], (await ReadAsync(tables, table, new TableRange("p", From: "C"))).Select(row => row.RowKey));
        Assert.Equal(["A"], (await ReadAsync(tables, table, new TableRange("p", Before: "B"))).Select(row => row.RowKey));
    }

    [Fact]
    public async Task A_range_that_starts_at_a_row_runs_on_through_the_later_partitions()
    {
        var (tables, table) = await NewTableAsync();
        foreach (var partition in new[] { "2024032510", "2024032511", "2024032512" })
            await CommitAsync(tables, table, TableOperation.Insert(Row(partition, "a")), TableOperation.Insert(Row(partition, "b")));
        var rows = await ReadAsync(tables, table, TableRange.StartingAt("2024032511", "b"));
        Assert.Equal([("2024032511", "b"), ("2024032512", "a"), ("2024032512", "b")], rows.Select(row => (row.PartitionKey, row.RowKey)));
    }

    [Fact]
    public async Task A_query_brings_only_the_columns_asked_for_and_always_keys_and_ETag()
    {
        var (tables, table) = await NewTableAsync();
        var etag = await InsertAsync(tables, table, Row("p", "r", ("Name", "青岛"), ("Version", 7L), ("Note", "long")));
        await InsertAsync(tables, table, Row("p", "s", ("Note", "has neither")));
        var rows = await ReadAsync(tables, table, TableRange.All, "Name", "Version");
        Assert.Equal(("p", "r", etag), (rows[0].PartitionKey, rows[0].RowKey, rows[0].ETag));
        Assert.Equal(["Name", "Version"], rows[0].Columns.Keys.Order());
        Assert.Equal(7L, rows[0].Integer("Version"));
        Assert.Empty(rows[1].Columns);
    }

    [Fact]
    public async Task Bounds_without_a_partition_hold_in_every_partition()
    {
        var (tables, table) = await NewTableAsync();
        foreach (var (partition, row) in new[] { ("1", "a"), ("1", "b"), ("2", "a"), ("2", "b"), ("2", "c") })
            await tables.SubmitAsync(table, [TableOperation.Insert(new TableRow(partition, row, new Dictionary<string, object>()))], default);
        Assert.Equal([("1", "b"), ("2", "b")], (await ReadAsync(tables, table, new TableRange(From: "b", Before: "c")))
            .Select(row => (row.PartitionKey, row.RowKey)));
    }

    [Fact]
    public async Task A_start_beside_other_bounds_is_a_mistake()
    {
        var (tables, table) = await NewTableAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => ReadAsync(tables, table, new TableRange("p", After: ("p", "r"))));
    }
}
