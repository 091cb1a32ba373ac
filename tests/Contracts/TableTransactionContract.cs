using FriendCity.Storage;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Contracts;

/// <summary>All or nothing, and who wins.</summary>
public abstract class TableTransactionContract(Azurite azurite) : TableContract(azurite)
{
    private const string NoSuchETag = "W/\"datetime'2020-01-01T00%3A00%3A00.0000000Z'\"";

    /// <summary>
    /// How many rows of <see cref="TableLimitCases.ChineseTransaction"/> stay below 4 MiB: the client writes a Chinese character in six bytes.
    /// </summary>
    private const int ChineseRows = 21;

    [Fact]
    public async Task A_transaction_of_a_hundred_gives_each_row_the_ETag_it_is_read_with()
    {
        var (tables, table) = await NewTableAsync();
        var etags = await CommitAsync(tables, table, [.. Enumerable.Range(0, 100)
            .Select(n => TableOperation.Insert(Row("p", $"r{n:D2}", ("N", (long)n))))]);
        Assert.Equal(100, etags.Count);
        Assert.Equal(etags, (await ReadAsync(tables, table, TableRange.All)).Select(row => row.ETag));
    }

    [Fact]
    public async Task The_four_kinds_go_together_and_a_deletion_has_no_ETag()
    {
        var (tables, table) = await NewTableAsync();
        var old = await CommitAsync(tables, table, TableOperation.Insert(Row("p", "replaced", ("A", "1"), ("B", "2"))),
            TableOperation.Insert(Row("p", "deleted")));
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
    public async Task A_refused_transaction_undoes_each_kind_of_write_and_leaves_every_ETag()
    {
        var (tables, table) = await NewTableAsync();
        await CommitAsync(tables, table, [.. "abcd".Select(c => TableOperation.Insert(Row("p", $"{c}", ("Name", "before"), ("N", 1L))))]);
        var before = await ReadAsync(tables, table, TableRange.All);
        TableOperation[] undone =
        [
            TableOperation.Insert(Row("p", "new", ("Name", "after"))),
            TableOperation.Replace(Row("p", "a", ("Name", "after")), before[0].ETag!),
            TableOperation.Replace(Row("p", "b", ("Name", "after")), "*"),
            TableOperation.Upsert(Row("p", "c", ("Name", "after"))),
            TableOperation.Upsert(Row("p", "e", ("Name", "after"))),
            TableOperation.Delete("p", "d", before[3].ETag!),
        ];
        // Each kind alone, then all of them, before the operation that fails and after it.
        foreach (var kinds in undone.Select(operation => new[] { operation }).Append(undone))
        {
            var last = kinds.Length;
            Assert.Equal(new TableSubmit.Refused(last, TableRefusal.Missing),
                await tables.SubmitAsync(table, [.. kinds, TableOperation.Delete("p", "nowhere", "*")], Token));
            Assert.Equal(new TableSubmit.Refused(0, TableRefusal.Missing),
                await tables.SubmitAsync(table, [TableOperation.Delete("p", "nowhere", "*"), .. kinds], Token));
            var after = await ReadAsync(tables, table, TableRange.All);
            Assert.Equal(before.Select(row => (row.RowKey, row.ETag, row.Text("Name"), row.Integer("N"))),
                after.Select(row => (row.RowKey, row.ETag, row.Text("Name"), row.Integer("N"))));
        }

        // The ETags read before it all still hold.
        await CommitAsync(tables, table, undone);
    }

    [Fact]
    public async Task Each_write_gives_a_new_ETag_however_soon_it_follows()
    {
        var (tables, table) = await NewTableAsync();
        var etags = new List<string> { await InsertAsync(tables, table, Row("p", "r")) };
        for (var n = 0L; n < 30; n++)
            etags.Add(Assert.Single(await CommitAsync(tables, table, TableOperation.Replace(Row("p", "r", ("N", n)), etags[^1])))!);
        Assert.Equal(31, etags.Distinct().Count());
        Assert.All(etags, etag => Assert.StartsWith("W/\"", etag, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_ETag_the_service_cannot_have_given_is_refused_before_anything_is_sent()
    {
        await using var proxy = await Azurite.ProxyAsync();
        var tables = Open(proxy.ConnectionString);
        string[] malformed =
        [
            "", " ", "\"", "\"\"", "W/", "W/\"", "W/\"\"", "blah", "7", "\"7\"", "W/7", "w/\"7\"", "W/\"a", "W/\"a b\"", "W/\"ä\"", "**", "*, *",
            "datetime'2024-03-25T00%3A00%3A00Z'", "\"datetime'2024-03-25T00%3A00%3A00Z'\"", "W/\"a\"\n", "W/\"a\"\r\nIf-None-Match: *",
        ];
        foreach (var etag in malformed)
        {
            await Assert.ThrowsAsync<TableOperationException>(
                () => tables.SubmitAsync("cities", [TableOperation.Replace(Row("p", "r"), etag)], Token));
            await Assert.ThrowsAsync<TableOperationException>(() => tables.SubmitAsync("cities", [TableOperation.Delete("p", "r", etag)], Token));
        }

        Assert.Empty(proxy.Requests);
    }

    [Fact]
    public async Task A_well_formed_ETag_of_another_row_or_of_none_is_stale()
    {
        var (tables, table) = await NewTableAsync();
        var other = await InsertAsync(tables, table, Row("p", "other"));
        var etag = await InsertAsync(tables, table, Row("p", "r", ("Name", "kept")));
        foreach (var wrong in new[] { other, "W/\"wrong\"", NoSuchETag })
        {
            Assert.Equal(new TableSubmit.Refused(0, TableRefusal.Stale),
                await tables.SubmitAsync(table, [TableOperation.Replace(Row("p", "r"), wrong)], Token));
            Assert.Equal(new TableSubmit.Refused(0, TableRefusal.Stale),
                await tables.SubmitAsync(table, [TableOperation.Delete("p", "r", wrong)], Token));
        }

        var kept = await tables.GetAsync(table, "p", "r", Token);
        Assert.Equal((etag, "kept"), (kept!.ETag, kept.Text("Name")));
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

        var large = await Assert.ThrowsAsync<TableOperationException>(
            () => tables.SubmitAsync("cities", TableLimitCases.ChineseTransaction(100), Token));
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
        Assert.Equal(new TableSubmit.Refused(0, TableRefusal.Exists),
            await tables.SubmitAsync(table, [TableOperation.Insert(Row("p", "r", ("Op", "one")))], Token));
        var mine = await tables.GetAsync(table, "p", "r", Token);
        Assert.Equal("one", mine!.Text("Op"));

        proxy.On(new Fault.DropAnswer(), "POST", "$batch");
        Assert.Equal(new TableSubmit.Refused(0, TableRefusal.Stale),
            await tables.SubmitAsync(table, [TableOperation.Replace(Row("p", "r", ("Op", "two")), mine.ETag!)], Token));
        mine = await tables.GetAsync(table, "p", "r", Token);
        Assert.Equal("two", mine!.Text("Op"));

        proxy.On(new Fault.DropAnswer(), "POST", "$batch");
        Assert.Equal(new TableSubmit.Refused(0, TableRefusal.Missing),
            await tables.SubmitAsync(table, [TableOperation.Delete("p", "r", mine.ETag!)], Token));
        Assert.Null(await tables.GetAsync(table, "p", "r", Token));
    }

    [Fact]
    public async Task A_lost_answer_to_an_upsert_or_to_a_new_table_is_success_and_a_lost_transaction_is_stored_whole()
    {
        await using var proxy = await Azurite.ProxyAsync();
        var (tables, table) = (Open(proxy.ConnectionString), Scratch.Table());
        proxy.On(new Fault.DropAnswer(), "POST", "Tables");
        await tables.EnsureTableAsync(table, Token);
        Assert.Equal(2, proxy.Requests.Count);

        proxy.On(new Fault.DropAnswer(), "POST", "$batch");
        var etag = Assert.Single(await CommitAsync(tables, table, TableOperation.Upsert(Row("p", "u", ("Op", "one")))));
        Assert.Equal(etag, (await tables.GetAsync(table, "p", "u", Token))!.ETag);

        proxy.On(new Fault.DropAnswer(), "POST", "$batch");
        TableOperation[] hundred = [.. Enumerable.Range(0, 100).Select(n => TableOperation.Insert(Row("p", $"r{n:D2}", ("Op", "two"))))];
        Assert.Equal(new TableSubmit.Refused(0, TableRefusal.Exists), await tables.SubmitAsync(table, hundred, Token));
        Assert.Equal(100, (await ReadAsync(tables, table, TableRange.Rows("p", "r", "s"))).Count(row => row.Text("Op") == "two"));
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
