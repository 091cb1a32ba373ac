using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats.Parquet;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Snapshots.Parquet;

public sealed class ParquetWriterTests
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    public static TheoryData<string> Tables => [.. SnapshotTables.All.Select(table => table.Name)];

    [Theory, MemberData(nameof(Tables))]
    public async Task A_table_of_a_snapshot_reads_back_cell_by_cell(string name)
    {
        var data = SnapshotTables.Find(name)!.Read(await SampleRegistry.LoadAsync(), Day);
        var bytes = SnapshotFormat.Parquet.Bytes(data.Table, data.Rows, "2026-11-21-x");
        var file = new ParquetFile(bytes);
        Assert.Equal(data.Rows, file.Rows);
        Assert.Equal(bytes, SnapshotFormat.Parquet.Bytes(data.Table, data.Rows, "2026-11-21-x"));
        Assert.Equal([("friendcity.schema", $"1/{name}"), ("friendcity.snapshot", "2026-11-21-x")], file.Meta.Structs(5)
            .Select(pair => (pair.Text(1), pair.Text(2))));
    }

    [Theory]
    [InlineData("text", 6, 0, 0, 1)]
    [InlineData("day_or_null", 1, 1, 6, 6)]
    [InlineData("count", 2, 0, 18, 10)]
    [InlineData("value_or_null", 5, 1, null, null)]
    [InlineData("amount", 2, 0, 5, 5)]
    [InlineData("open_or_null", 0, 1, null, null)]
    public void A_column_says_what_it_is_in_the_old_form_and_the_new(string column, int physical, int optional, int? converted, int? logical)
    {
        var element = new ParquetFile(Bytes(RandomTable.Of(3, 1))).Schema.Single(each => each.Text(4) == column);
        Assert.Equal((physical, optional), (element.Int(1), element.Int(3)));
        Assert.Equal(converted, element.Has(6) ? element.Int(6) : null);
        Assert.Equal(logical, element.Has(10) ? Assert.Single(element.Struct(10).Fields).Key : null);
        if (converted == 5)
            Assert.Equal((6, 18, 6, 18), (element.Int(7), element.Int(8), element.Struct(10).Struct(5).Int(1), element.Struct(10).Struct(5).Int(2)));
    }

    [Fact]
    public void Every_column_has_the_order_that_makes_its_bounds_count() =>
        Assert.Equal(RandomTable.Table.Columns.Count, new ParquetFile(Bytes(RandomTable.Of(3, 1))).Meta.Structs(7).Count(order => order.Has(1)));

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Random_tables_of_up_to_seventy_rows_read_back(int seed)
    {
        for (var rows = 0; rows <= 70; rows++)
        {
            var data = RandomTable.Of(rows, (seed * 1000) + rows);
            foreach (var group in (int[])[122_880, 7, 8])
                Assert.Equal(data.Rows.Select(RandomTable.Line), new ParquetFile(Bytes(data, group)).Rows.Select(RandomTable.Line));
        }
    }

    [Fact]
    public void Rows_beyond_a_group_begin_another()
    {
        var file = new ParquetFile(Bytes(RandomTable.Of(20, 5), 8));
        Assert.Equal([8, 8, 4], file.Meta.Structs(4).Select(group => group.Int(3)));
        Assert.Equal([0, 1, 2], file.Meta.Structs(4).Select(group => group.Int(7)));
    }

    [Fact]
    public void Large_cells_make_small_groups()
    {
        var text = new string('岛', 30_000);
        var row = (object?[])[text, null, Day, null, 1L, null, 1.0, null, 1m, null, true, null];
        var file = new ParquetFile(Bytes(new TableData(RandomTable.Table, [.. Enumerable.Repeat(row, 2_000)])));
        Assert.InRange(file.Meta.Structs(4).Count, 10, 12);
        Assert.Equal(2_000, file.Rows.Count);
    }

    [Fact]
    public void Bounds_of_text_are_by_bytes_and_long_ones_are_not_told()
    {
        Assert.Equal("\uE000 \U00010000", Bounds("\U00010000", "\uE000"));
        Assert.Equal("a aa", Bounds("aa", "a"));
        Assert.Null(Bounds("a", new string('x', 65)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(2)]
    public void A_required_column_takes_no_null(int column)
    {
        var row = RandomTable.Of(1, 9).Rows[0];
        row[column] = null;
        Assert.Throws<InvalidDataException>(() => Bytes(new TableData(RandomTable.Table, [row])));
    }

    [Theory, InlineData("0.0000001"), InlineData("1000000000000"), InlineData("-1000000000000")]
    public void An_amount_that_does_not_fit_is_an_error_and_not_rounded(string amount)
    {
        var row = RandomTable.Of(1, 9).Rows[0];
        row[8] = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Throws<InvalidDataException>(() => Bytes(new TableData(RandomTable.Table, [row])));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_an_error_and_no_question_mark()
    {
        var row = RandomTable.Of(1, 9).Rows[0];
        row[0] = "\uD83E";
        Assert.ThrowsAny<ArgumentException>(() => Bytes(new TableData(RandomTable.Table, [row])));
    }

    internal static byte[] Bytes(TableData data, int rowsPerGroup = 122_880)
    {
        using var stream = new MemoryStream();
        var writer = new ParquetWriter(stream, data.Table.Columns, rowsPerGroup);
        foreach (var row in data.Rows)
            writer.Add(row);
        writer.Finish(("key", "value"));
        return stream.ToArray();
    }

    private static string? Bounds(params string[] texts)
    {
        var rows = texts.Select(text => RandomTable.Of(1, 9).Rows[0] is var row && (row[0] = text) is not null ? row : []).ToList();
        var statistics = new ParquetFile(Bytes(new TableData(RandomTable.Table, rows))).Meta.Structs(4)[0].Structs(1)[0].Struct(3).Struct(12);
        return statistics.Has(5) ? $"{statistics.Text(6)} {statistics.Text(5)}" : null;
    }
}
