using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats.Parquet;
using FriendCity.Tests.Support;
using ParquetSharp;
using ParquetSharp.Schema;
using Encoding = System.Text.Encoding;

namespace FriendCity.Tests.Unit.Snapshots.Parquet;

public sealed class ParquetTableTests
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    public static TheoryData<string> Tables => [.. SnapshotTables.All.Select(table => table.Name)];

    [Theory, MemberData(nameof(Tables))]
    public async Task A_table_of_a_snapshot_reads_back_cell_by_cell(string name)
    {
        var data = SnapshotTables.Find(name)!.Read(await SampleRegistry.LoadAsync(), Day);
        var bytes = SnapshotFormat.Parquet.Bytes(data.Table, data.Rows, "2026-11-21-x");
        Assert.Equal(data.Rows, Rows(data.Table, bytes));
        Assert.Equal(bytes, SnapshotFormat.Parquet.Bytes(data.Table, data.Rows, "2026-11-21-x"));
        using var file = Open(bytes);
        var told = file.FileMetaData.KeyValueMetadata;
        Assert.Equal(($"1/{name}", "2026-11-21-x"), (told["friendcity.schema"], told["friendcity.snapshot"]));
    }

    [Theory]
    [InlineData("text", 1, PhysicalType.ByteArray, Repetition.Required, ConvertedType.UTF8, LogicalTypeEnum.String)]
    [InlineData("day_or_null", 4, PhysicalType.Int32, Repetition.Optional, ConvertedType.Date, LogicalTypeEnum.Date)]
    [InlineData("count", 5, PhysicalType.Int64, Repetition.Required, ConvertedType.Int64, LogicalTypeEnum.Int)]
    [InlineData("value_or_null", 8, PhysicalType.Double, Repetition.Optional, ConvertedType.None, LogicalTypeEnum.None)]
    [InlineData("amount", 9, PhysicalType.Int64, Repetition.Required, ConvertedType.Decimal, LogicalTypeEnum.Decimal)]
    [InlineData("open_or_null", 12, PhysicalType.Boolean, Repetition.Optional, ConvertedType.None, LogicalTypeEnum.None)]
    public void A_column_says_what_it_is_in_the_old_form_and_the_new(string name, int id, PhysicalType physical, Repetition repetition,
        ConvertedType converted, LogicalTypeEnum logical)
    {
        using var file = Open(Bytes(RandomTable.Of(3, 1)));
        var column = file.FileMetaData.Schema.Column(id - 1);
        Assert.Equal((name, id, physical, repetition, converted, logical),
            (column.Name, column.SchemaNode.FieldId, column.PhysicalType, column.SchemaNode.Repetition, column.SchemaNode.ConvertedType,
                column.LogicalType.Type));
        if (logical == LogicalTypeEnum.Decimal)
            Assert.Equal((18, 6), (column.TypePrecision, column.TypeScale));
    }

    [Fact]
    public void Columns_are_compressed()
    {
        using var file = Open(Bytes(RandomTable.Of(3, 1)));
        using var group = file.RowGroup(0);
        for (var i = 0; i < group.MetaData.NumColumns; i++)
            Assert.Equal(Compression.Snappy, group.MetaData.GetColumnChunkMetaData(i).Compression);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Random_tables_of_up_to_seventy_rows_read_back(int seed)
    {
        for (var rows = 0; rows <= 70; rows++)
        {
            var data = RandomTable.Of(rows, (seed * 1000) + rows);
            foreach (var group in (int[])[122_880, 7, 8])
                Assert.Equal(data.Rows.Select(RandomTable.Line), Rows(data.Table, Bytes(data, group)).Select(RandomTable.Line));
        }
    }

    /// <summary>What this service wrote itself before it took a library for it: uncompressed, one page a column, no ids of fields.</summary>
    [Theory, InlineData(2074), InlineData(2075)]
    public void Files_of_before_are_read(int seed)
    {
        var data = RandomTable.Of(70, seed);
        var old = File.ReadAllBytes(Repository.At("tests", "Unit", "Snapshots", "Parquet", $"uncompressed-{seed}.parquet"));
        Assert.Equal(data.Rows.Select(RandomTable.Line), Rows(data.Table, old).Select(RandomTable.Line));
        using var file = Open(old);
        Assert.Equal("FriendCity version 1", file.FileMetaData.CreatedBy);
    }

    [Fact]
    public void Columns_are_found_by_name_so_older_and_newer_files_can_be_read()
    {
        var (data, all) = (RandomTable.Of(20, 5), RandomTable.Table.Columns);
        using var stream = new MemoryStream(Bytes(data));
        Assert.Equal(data.Rows.Select(row => RandomTable.Line([row[9], null, row[0]])),
            ParquetRows.Of([all[9], all[1] with { Name = "new" }, all[0]], stream).Select(RandomTable.Line));
    }

    [Theory, InlineData(0), InlineData(3), InlineData(100), InlineData(-9)]
    public void A_broken_file_is_refused(int end)
    {
        var bytes = Bytes(RandomTable.Of(20, 5));
        Assert.Throws<InvalidDataException>(() => Rows(RandomTable.Table, bytes[..(end < 0 ? bytes.Length + end : end)]));
    }

    [Fact]
    public void A_column_of_another_type_is_refused()
    {
        using var stream = new MemoryStream(Bytes(RandomTable.Of(20, 5)));
        foreach (var (place, type) in RandomTable.Table.Columns.Index().Zip(Enum.GetValues<ColumnType>().SelectMany(each => new[] { each, each }),
            (column, type) => (column.Index, type)).ToList())
            foreach (var other in Enum.GetValues<ColumnType>().Where(each => each != type))
                Assert.Throws<InvalidDataException>(() => ParquetRows.Of([RandomTable.Table.Columns[place] with { Type = other }], stream).Count());
    }

    [Fact]
    public void Rows_beyond_a_group_begin_another() => Assert.Equal([8, 8, 4], Groups(Bytes(RandomTable.Of(20, 5), 8)));

    [Fact]
    public void Large_cells_make_small_groups()
    {
        var text = new string('岛', 30_000);
        var row = (object?[])[text, null, Day, null, 1L, null, 1.0, null, 1m, null, true, null];
        var bytes = Bytes(new TableData(RandomTable.Table, [.. Enumerable.Repeat(row, 2_000)]));
        Assert.InRange(Groups(bytes).Count, 10, 12);
        Assert.Equal(2_000, Rows(RandomTable.Table, bytes).Count());
    }

    [Fact]
    public void Bounds_of_text_are_by_bytes_and_long_ones_are_not_told()
    {
        Assert.Equal("Ａ \U00020BB7", Bounds("\U00020BB7", "Ａ", "Ｚ全角"));
        Assert.Equal("\uE000 \U00010000", Bounds("\U00010000", "\uE000"));
        Assert.Equal("a aa", Bounds("aa", "a"));
        Assert.Null(Bounds("a", new string('x', 65)));
    }

    [Theory, InlineData(0), InlineData(4), InlineData(2)]
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

    internal static byte[] Bytes(TableData data, int rowsPerGroup = 122_880, Compression compression = Compression.Snappy)
    {
        using var stream = new MemoryStream();
        using var writer = new ParquetTable(data.Table, "x", stream, rowsPerGroup, compression);
        foreach (var row in data.Rows)
            writer.Add(row);
        writer.Finish();
        return stream.ToArray();
    }

    private static IEnumerable<object?[]> Rows(SnapshotTable table, byte[] bytes)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        return [.. ParquetRows.Of(table.Columns, stream)];
    }

    private static ParquetFileReader Open(byte[] bytes) => new(new MemoryStream(bytes, writable: false));

    private static List<long> Groups(byte[] bytes)
    {
        using var file = Open(bytes);
        return [.. Enumerable.Range(0, file.FileMetaData.NumRowGroups).Select(i =>
        {
            using var group = file.RowGroup(i);
            return group.MetaData.NumRows;
        })];
    }

    private static string? Bounds(params string[] texts)
    {
        var rows = texts.Select(text => RandomTable.Of(1, 9).Rows[0] is var row && (row[0] = text) is not null ? row : []).ToList();
        using var file = Open(Bytes(new TableData(RandomTable.Table, rows)));
        using var group = file.RowGroup(0);
        return group.MetaData.GetColumnChunkMetaData(0).Statistics is Statistics<ByteArray> { HasMinMax: true } bounds
            ? $"{Text(bounds.Min)} {Text(bounds.Max)}" : null;
    }

    private static string Text(ByteArray bytes)
    {
        var copy = new byte[bytes.Length];
        System.Runtime.InteropServices.Marshal.Copy(bytes.Pointer, copy, 0, copy.Length);
        return Encoding.UTF8.GetString(copy);
    }
}
