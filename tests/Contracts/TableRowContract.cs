using FriendCity.Storage;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Contracts;

/// <summary>Keys and values: what goes in comes out, and what cannot come out does not go in.</summary>
public abstract class TableRowContract(Azurite azurite) : TableContract(azurite)
{
    public static TheoryData<string> AwkwardKeys =>
    [
        "partition'key''with'''quotes'", "'", "''", "青岛市外办", "so'meS'tri'ng", "100%", "%", "%name", "%25", "%2525", "2%25 of 40%", "a b", "a  b   c",
        " a", "a ", "a+b&c=d;e,f", "(a)", "[a]", "{a}",
        "🤝🏙️", "عمان‏", "a\u200Db", "é", "e\u0301", ".", "..", "\"a\"", "`~!@$^*_-|<>:", "' or PartitionKey ne 'zzz", "nope' or '1' eq '1", "", "𠮷野家",
        new string('k', 512),
    ];

    public static TheoryData<string> IllegalKeys =>
        ["a/b", @"a\b", "a#b", "a?b", "a\tb", "a\nb", "\0", "\u0001", "\u001F", "\u007F", "\u0085", "\u009F", new string('k', 513), "\uD83E",
            "\uDD1Da", "a\uDD1D\uD83E"];

    public static TheoryData<string, object> Values => new()
    {
        { "Empty", "" },
        { "Chinese", "上合组织国家友城“朋友圈”" },
        { "Awkward", "\"quotes\" 'apostrophes' \\ / \b\f\n\r\t {braces} <a> & %25 \u2028\u2029 🤝" },
        { "Longest", new string('长', TableLimits.TextCharacters) },
        { "Null", "null" },
        { "Digits", "00012" },
        { "LooksLikeADate", "2024-03-25T00:00:00Z" },
        { "True", true },
        { "False", false },
        { "Zero", 0L },
        { "Small", 42L },
        { "Largest", long.MaxValue },
        { "Least", long.MinValue },
        { "Beyond53Bits", 9007199254740993L },
        { "Ratio", 2.25 },
        { "WholeDouble", 5.0 },
        { "HugeDouble", 1.7e308 },
        { "WholeHugeDouble", 1e300 },
        { "LargestDouble", double.MaxValue },
        { "TinyDouble", 5e-324 },
        { "Third", 1 / 3.0 },
        { "Instant", new DateTimeOffset(2024, 3, 25, 18, 30, 15, TimeSpan.FromHours(8)).AddTicks(1234567) },
        { "WholeSecond", new DateTimeOffset(2024, 2, 29, 0, 0, 0, TimeSpan.Zero) },
        { "FirstInstant", new DateTimeOffset(1601, 1, 1, 0, 0, 0, TimeSpan.Zero) },
        { "LastInstant", DateTimeOffset.MaxValue },
        { "Bytes", new byte[] { 0x0A, 0xFF, 0x00, 0x7F } },
        { "NoBytes", Array.Empty<byte>() },
        { "MostBytes", new byte[64 * 1024] },
        { "_underscored", "a" },
    };

    [Theory]
    [MemberData(nameof(AwkwardKeys))]
    public async Task An_awkward_key_finds_its_row_by_address_and_by_query_and_can_be_written_again(string key)
    {
        var (tables, table) = await NewTableAsync();
        await InsertAsync(tables, table, Row("another", "row"));
        var etag = await InsertAsync(tables, table, Row(key, key, ("Name", "first")));

        var found = await tables.GetAsync(table, key, key, Token);
        Assert.NotNull(found);
        Assert.Equal((key, key, "first", etag), (found.PartitionKey, found.RowKey, found.Text("Name"), found.ETag));
        Assert.Equal((key, key), Keys(Assert.Single(await ReadAsync(tables, table, new TableRange(key)))));
        Assert.Equal((key, key), Keys(
            Assert.Single(await ReadAsync(tables, table, TableRange.Rows(key, key, key[..Math.Min(key.Length, 511)] + "~")))));

        await CommitAsync(tables, table, TableOperation.Replace(Row(key, key, ("Name", "second")), etag));
        Assert.Equal("second", (await tables.GetAsync(table, key, key, Token))?.Text("Name"));
        await CommitAsync(tables, table, TableOperation.Delete(key, key, "*"));
        Assert.Equal(("another", "row"), Keys(Assert.Single(await ReadAsync(tables, table, TableRange.All))));
    }

    [Theory]
    // A runner that writes the cases down first would mend the broken pairs on the way.
    [MemberData(nameof(IllegalKeys), DisableDiscoveryEnumeration = true)]
    public async Task An_illegal_key_is_refused_before_anything_is_sent(string key)
    {
        await using var proxy = await Azurite.ProxyAsync();
        var tables = Open(proxy.ConnectionString);
        foreach (var (partition, row) in new[] { (key, "row"), ("partition", key) })
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => tables.GetAsync("cities", partition, row, Token));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => tables.SubmitAsync("cities", [TableOperation.Insert(Row(partition, row))], Token));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => ReadAsync(tables, "cities", TableRange.Rows(partition, row, row)));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => ReadAsync(tables, "cities", TableRange.StartingAt(partition, row)));
        }

        Assert.Empty(proxy.Requests);
    }

    [Theory]
    [InlineData("' or PartitionKey ne 'zzz")]
    [InlineData("nope' or '1' eq '1")]
    [InlineData("nope' or true or PartitionKey eq '")]
    [InlineData("%27 or PartitionKey ne %27zzz")]
    public async Task A_filter_in_a_value_returns_no_foreign_row(string value)
    {
        var (tables, table) = await NewTableAsync();
        await CommitAsync(tables, table, [.. Enumerable.Range(0, 14).Select(i => TableOperation.Insert(Row("p", $"r{i}")))]);
        Assert.Empty(await ReadAsync(tables, table, new TableRange(value)));
        Assert.Empty(await ReadAsync(tables, table, TableRange.Rows("p", value, value)));
        Assert.Null(await tables.GetAsync(table, value, value, Token));
    }

    [Theory]
    [MemberData(nameof(Values))]
    public async Task A_value_of_each_type_comes_back_as_it_went(string column, object value)
    {
        var (tables, table) = await NewTableAsync();
        await InsertAsync(tables, table, Row("p", "r", (column, value)));
        var read = (await tables.GetAsync(table, "p", "r", Token))!.Columns;
        Assert.Equal([column], read.Keys);
        Assert.Equal(value.GetType(), read[column].GetType());
        // DateTimeOffset compares instants: the offset is not kept, and storage's own is UTC.
        Assert.Equal(value, read[column]);
        Assert.Equal(value, Assert.Single(await ReadAsync(tables, table, TableRange.All)).Columns[column]);
    }

    [Fact]
    public async Task A_missing_row_and_a_missing_table_are_null_and_empty()
    {
        var (tables, table) = await NewTableAsync();
        Assert.Null(await tables.GetAsync(table, "p", "r", Token));
        Assert.Empty(await ReadAsync(tables, table, TableRange.All));
        var missing = Scratch.Table();
        Assert.Null(await tables.GetAsync(missing, "p", "r", Token));
        Assert.Empty(await ReadAsync(tables, missing, TableRange.All));
        await Assert.ThrowsAsync<StorageException>(() => tables.SubmitAsync(missing, [TableOperation.Insert(Row("p", "r"))], Token));
        await Assert.ThrowsAsync<StorageException>(() => tables.SubmitAsync(missing, [TableOperation.Replace(Row("p", "r"), "*")], Token));
    }

    [Fact]
    public async Task A_table_may_be_ensured_again_and_by_many_at_once()
    {
        var (tables, table) = await NewTableAsync();
        await InsertAsync(tables, table, Row("p", "r"));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tables.EnsureTableAsync(table, Token)));
        Assert.Single(await ReadAsync(tables, table, TableRange.All));
    }

    [Fact]
    public async Task A_table_name_that_breaks_the_rules_is_refused_before_anything_is_sent()
    {
        await using var proxy = await Azurite.ProxyAsync();
        var tables = Open(proxy.ConnectionString);
        foreach (var name in new[] { "", "ab", new string('t', 64), "1cities", "no-cities", "cities!", "città", "a.b", "cities'", "tables",
            "Tables" })
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => tables.EnsureTableAsync(name, Token));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => tables.GetAsync(name, "p", "r", Token));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => ReadAsync(tables, name, TableRange.All));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => tables.SubmitAsync(name, [TableOperation.Insert(Row("p", "r"))], Token));
        }

        Assert.Empty(proxy.Requests);
    }

    [Fact]
    public async Task Tables_whose_names_begin_alike_keep_their_rows_apart_and_a_name_in_capitals_is_no_new_table()
    {
        var (tables, table) = await NewTableAsync();
        var longer = table + "x";
        await tables.EnsureTableAsync(longer, Token);
        await tables.EnsureTableAsync(table.ToUpperInvariant(), Token);
        await InsertAsync(tables, table, Row("p", "r", ("Name", "shorter")));
        await InsertAsync(tables, longer, Row("p", "r", ("Name", "longer")));
        await CommitAsync(tables, table, TableOperation.Delete("p", "r", "*"));
        Assert.Empty(await ReadAsync(tables, table, TableRange.All));
        Assert.Equal("longer", Assert.Single(await ReadAsync(tables, longer, TableRange.All)).Text("Name"));
    }

    private static (string PartitionKey, string RowKey) Keys(TableRow row) => (row.PartitionKey, row.RowKey);
}
