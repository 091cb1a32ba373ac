using FriendCity.Storage;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Storage;

/// <summary>All or nothing, and who wins.</summary>
public abstract class TableTransactionContract(Azurite azurite) : TableContract(azurite)
{
    private const string NoSuchETag = "W/\"datetime'2020-01-01T00%3A00%3A00.0000000Z'\"";

    /// <summary>How many rows of <see cref="TableLimitCases.ChineseTransaction"/> stay below 4 MiB: it depends on how an adapter writes them.</summary>
    private protected virtual int ChineseRows => 42;

    [Fact]
    public async Task A_transaction_of_a_hundred_gives_each_row_the_ETag_it_is_read_with()
    {
        var (tables, table) = await NewTableAsync();
        var etags = await CommitAsync(tables, table, [.. Enumerable.Range(0, 100).Select(n => TableOperation.Insert(Row("p", $"r{n:D2}", ("N", (long)n))))]);
        Assert.Equal(100, etags.Count);
        Assert.Equal(etags, (await ReadAsync(tables, table, TableRange.All)).Select(row => row.ETag));
    }

    [Fact]
    public async Task The_four_kinds_go_together_and_a_deletion_has_no_ETag()
    {
        var (tables, table) = await NewTableAsync();
        var old = await CommitAsync(tables, table, TableOperation.Insert(Row("p", "replaced", ("A", "1"), ("B", "2"))), TableOperation.Insert(Row("p", "deleted")));
        var etags = await CommitAsync(tables, table,
            TableOperation.Insert(Row("p", "inserted")),
            TableOperation.Replace(Row("p", "replaced", ("A", "3")), old[0]!),
            TableOperation.Delete("p", "deleted", old[1]!),
            TableOperation.Upsert(Row("p", "upserted")));
        Assert.Null(etags[2]);
        var rows = await ReadAsync(tables, table, TableRange.All);
        Assert.Equal([("inserted", etags[0]), ("replaced", etags[1]), ("upserted", etags[3])], rows.Select(row => (row.RowKey, row.ETag)));
        // The whole row is replaced, not merged.
        Assert.Equal(["A"], rows[1].Columns.Keys);
        await CommitAsync(tables, table, TableOperation.Upsert(Row("p", "replaced", ("C", "4"))));
        Assert.Equal(["C"], (await tables.GetAsync(table, "p", "replaced", Token))!.Columns.Keys);
    }

    [Fact]
    public async Task A_refused_operation_is_named_and_takes_the_whole_transaction_with_it()
    {
        var (tables, table) = await NewTableAsync();
        await InsertAsync(tables, table, Row("p", "there", ("Name", "before")));
        (TableOperation Operation, TableRefusal Reason)[] refused =
        [
            (TableOperation.Insert(Row("p", "there")), TableRefusal.Exists),
            (TableOperation.Replace(Row("p", "there"), NoSuchETag), TableRefusal.Stale),
            (TableOperation.Replace(Row("p", "nowhere"), NoSuchETag), TableRefusal.Missing),
            (TableOperation.Replace(Row("p", "nowhere"), "*"), TableRefusal.Missing),
            (TableOperation.Delete("p", "there", NoSuchETag), TableRefusal.Stale),
            (TableOperation.Delete("p", "nowhere", "*"), TableRefusal.Missing),
        ];
        foreach (var (operation, reason) in refused)
        {
            foreach (var index in new[] { 0, 57, 99 })
            {
                var operations = Enumerable.Range(0, 100).Select(n => TableOperation.Insert(Row("p", $"r{n}"))).ToArray();
                operations[index] = operation;
                Assert.Equal(new TableSubmit.Refused(index, reason), await tables.SubmitAsync(table, operations, Token));
            }

            Assert.Equal(new TableSubmit.Refused(0, reason), await tables.SubmitAsync(table, [operation], Token));
        }

        Assert.Equal("before", Assert.Single(await ReadAsync(tables, table, TableRange.All)).Text("Name"));
    }

    [Fact]
    public async Task Of_32_writers_with_one_ETag_one_wins_and_the_others_are_stale()
    {
        var (tables, table) = await NewTableAsync();
        var etag = await InsertAsync(tables, table, Row("p", "r", ("Writer", -1L)));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(n =>
            tables.SubmitAsync(table, [TableOperation.Replace(Row("p", "r", ("Writer", (long)n)), etag)], Token)));
        var winner = Array.FindIndex(outcomes, outcome => outcome is TableSubmit.Committed);
        Assert.Equal(31, outcomes.Count(outcome => outcome is TableSubmit.Refused(0, TableRefusal.Stale)));
        Assert.Equal(winner, (await tables.GetAsync(table, "p", "r", Token))!.Integer("Writer"));
    }

    [Fact]
    public async Task Of_32_inserts_of_one_row_one_wins_and_the_others_find_it_there()
    {
        var (tables, table) = await NewTableAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(n =>
            tables.SubmitAsync(table, [TableOperation.Insert(Row("p", "r", ("Writer", (long)n)))], Token)));
        var winner = Array.FindIndex(outcomes, outcome => outcome is TableSubmit.Committed);
        Assert.Equal(31, outcomes.Count(outcome => outcome is TableSubmit.Refused(0, TableRefusal.Exists)));
        Assert.Equal(winner, (await tables.GetAsync(table, "p", "r", Token))!.Integer("Writer"));
    }

    [Fact]
    public async Task What_breaks_a_limit_is_refused_before_anything_is_sent_and_names_its_operation()
    {
        await using var proxy = await Azurite.ProxyAsync();
        var tables = Open(proxy.ConnectionString);
        foreach (var (what, bad) in TableLimitCases.All)
        {
            var refusal = await Assert.ThrowsAsync<TableOperationException>(() => tables.SubmitAsync("cities", bad.Operations, Token));
            Assert.True(bad.Index == refusal.Index, $"{what}: operation {refusal.Index} was named.");
        }

        var large = await Assert.ThrowsAsync<TableOperationException>(() => tables.SubmitAsync("cities", TableLimitCases.ChineseTransaction(100), Token));
        Assert.Equal(ChineseRows, large.Index);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => tables.SubmitAsync("cities", [], Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => tables.SubmitAsync("no-table", [TableOperation.Insert(Row("p", "r"))], Token));
        Assert.Empty(proxy.Requests);
    }

    [Fact]
    public async Task What_just_keeps_the_limits_is_stored()
    {
        var (tables, table) = await NewTableAsync();
        foreach (var row in TableLimitCases.Largest)
        {
            await InsertAsync(tables, table, row);
            Assert.Equal(row.Columns, (await tables.GetAsync(table, row.PartitionKey, row.RowKey, Token))!.Columns);
        }

        await CommitAsync(tables, table, [.. TableLimitCases.ChineseTransaction(ChineseRows)]);
        Assert.Equal(ChineseRows, (await ReadAsync(tables, table, new TableRange("large"))).Count);
    }

    [Fact]
    public async Task A_lost_answer_is_tried_again_and_the_retry_meets_its_own_effect()
    {
        await using var proxy = await Azurite.ProxyAsync();
        var (tables, table) = (Open(proxy.ConnectionString), Scratch.Table());
        await tables.EnsureTableAsync(table, Token);

        proxy.On(new Fault.DropAnswer(), "POST", "$batch");
        Assert.Equal(new TableSubmit.Refused(0, TableRefusal.Exists), await tables.SubmitAsync(table, [TableOperation.Insert(Row("p", "r", ("Op", "one")))], Token));
        var mine = await tables.GetAsync(table, "p", "r", Token);
        Assert.Equal("one", mine!.Text("Op"));

        proxy.On(new Fault.DropAnswer(), "POST", "$batch");
        Assert.Equal(new TableSubmit.Refused(0, TableRefusal.Stale),
            await tables.SubmitAsync(table, [TableOperation.Replace(Row("p", "r", ("Op", "two")), mine.ETag!)], Token));
        mine = await tables.GetAsync(table, "p", "r", Token);
        Assert.Equal("two", mine!.Text("Op"));

        proxy.On(new Fault.DropAnswer(), "POST", "$batch");
        Assert.Equal(new TableSubmit.Refused(0, TableRefusal.Missing), await tables.SubmitAsync(table, [TableOperation.Delete("p", "r", mine.ETag!)], Token));
        Assert.Null(await tables.GetAsync(table, "p", "r", Token));
    }

    [Fact]
    public async Task Storage_that_never_answers_a_write_is_a_StorageException_though_the_write_is_done()
    {
        await using var proxy = await Azurite.ProxyAsync();
        var (tables, table) = (Open(proxy.ConnectionString), Scratch.Table());
        await tables.EnsureTableAsync(table, Token);
        proxy.On(new Fault.DropAnswer(), "POST", "$batch", times: int.MaxValue);
        await Assert.ThrowsAsync<StorageException>(() => tables.SubmitAsync(table, [TableOperation.Upsert(Row("p", "r"))], Token));
        proxy.Heal();
        Assert.NotNull(await tables.GetAsync(table, "p", "r", Token));
    }

    [Fact]
    public async Task A_reset_or_a_500_or_half_an_answer_is_tried_again()
    {
        await using var proxy = await Azurite.ProxyAsync();
        var (tables, table) = (Open(proxy.ConnectionString), Scratch.Table());
        await tables.EnsureTableAsync(table, Token);
        proxy.On(new Fault.Reset(), path: "$batch");
        proxy.On(new Fault.Answer(500), path: "$batch", nth: 2);
        await InsertAsync(tables, table, Row("p", "r"));
        Assert.Equal(3, proxy.Requests.Count(request => request.Path.Contains("$batch", StringComparison.Ordinal)));
        proxy.On(new Fault.HalfBody(), "GET");
        Assert.NotNull(await tables.GetAsync(table, "p", "r", Token));
        Assert.Equal(2, proxy.Requests.Count(request => request.Verb == "GET"));
    }
}
