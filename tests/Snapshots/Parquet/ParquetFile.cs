using System.Buffers.Binary;
using System.Text;
using FriendCity.Snapshots.Formats.Parquet;

namespace FriendCity.Tests.Snapshots.Parquet;

/// <summary>
/// A small reader of Parquet for tests, written from the specification: flat schema, PLAIN and RLE_DICTIONARY, uncompressed pages of
/// version 1. It is strict: every byte between the two magics has to belong to a page or the footer, and be described truly.
/// </summary>
internal sealed class ParquetFile
{
    private static readonly DateOnly Epoch = new(1970, 1, 1);

    private readonly byte[] _bytes;
    private int _at = 4;

    public ParquetFile(byte[] bytes)
    {
        _bytes = bytes;
        Assert.Equal("PAR1"u8, bytes.AsSpan(0, 4));
        Assert.Equal("PAR1"u8, bytes.AsSpan(bytes.Length - 4));
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(bytes.Length - 8));
        var footer = bytes.Length - 8 - length;
        var reader = new ThriftReader(bytes, footer);
        Meta = reader.Struct();
        Assert.Equal(bytes.Length - 8, reader.At);

        Schema = Meta.Structs(2).Skip(1).ToList();
        Assert.Equal(Schema.Count, Meta.Structs(2)[0].Int(5));
        foreach (var group in Meta.Structs(4))
            Rows.AddRange(Group(group));
        Assert.Equal(footer, _at);
        Assert.Equal(Rows.Count, Meta.Int(3));
    }

    public ThriftStruct Meta { get; }

    public IReadOnlyList<ThriftStruct> Schema { get; }

    /// <summary>Cells: string, DateOnly, long, double, decimal, bool or null.</summary>
    public List<object?[]> Rows { get; } = [];

    private IEnumerable<object?[]> Group(ThriftStruct group)
    {
        Assert.Equal(_at, group.Int(5));
        var begin = _at;
        var columns = group.Structs(1).Zip(Schema, (chunk, element) => Chunk(chunk.Struct(3), element, group.Int(3))).ToList();
        Assert.Equal(_at - begin, group.Int(2));
        Assert.Equal(_at - begin, group.Int(6));
        return Enumerable.Range(0, group.Int(3)).Select(row => columns.Select(column => column[row]).ToArray());
    }

    private object?[] Chunk(ThriftStruct chunk, ThriftStruct element, int rows)
    {
        Assert.Equal((element.Int(1), 0, rows), (chunk.Int(1), chunk.Int(4), chunk.Int(5)));
        Assert.Equal(element.Text(4), Encoding.UTF8.GetString((byte[])Assert.Single((List<object>)chunk.Fields[3])));
        var (begin, dictionary) = (_at, (object[]?)null);
        if (chunk.Has(11))
        {
            Assert.Equal(_at, chunk.Int(11));
            var (head, body) = Page(2);
            Assert.Equal(0, head.Struct(7).Int(2));
            dictionary = Plain(body, element, head.Struct(7).Int(1), out var used);
            Assert.Equal(body.Length, used);
            Assert.Equal(dictionary.Length, dictionary.Select(entry => RandomTable.Line([entry])).Distinct().Count());
        }

        Assert.Equal(_at, chunk.Int(9));
        var (data, page) = Page(0);
        var header = data.Struct(5);
        Assert.Equal((rows, dictionary is null ? 0 : 8, 3, 3), (header.Int(1), header.Int(2), header.Int(3), header.Int(4)));
        Assert.Contains(header.Number(2), chunk.Numbers(2));
        Assert.Equal(_at - begin, chunk.Int(6));
        Assert.Equal(_at - begin, chunk.Int(7));

        var cells = Cells(page, element, rows, dictionary);
        Statistics(chunk.Struct(12), element, cells);
        return cells;
    }

    private (ThriftStruct Head, byte[] Body) Page(int type)
    {
        var reader = new ThriftReader(_bytes, _at);
        var head = reader.Struct();
        Assert.Equal((type, head.Int(2)), (head.Int(1), head.Int(3)));
        _at = reader.At + head.Int(2);
        return (head, _bytes[reader.At.._at]);
    }

    private static object?[] Cells(byte[] page, ThriftStruct element, int rows, object[]? dictionary)
    {
        var at = 0;
        var levels = Enumerable.Repeat(1, rows).ToArray();
        if (element.Int(3) == 1)
        {
            at = 4 + BinaryPrimitives.ReadInt32LittleEndian(page);
            levels = HybridReader.Read(page.AsSpan(4, at - 4), 1, rows);
        }

        var count = levels.Count(level => level == 1);
        var rest = page.AsSpan(at);
        object[] values;
        if (dictionary is null)
        {
            values = Plain(rest, element, count, out var used);
            Assert.Equal(rest.Length, used);
        }
        else
        {
            values = [.. HybridReader.Read(rest[1..], rest[0], count).Select(index => dictionary[index])];
        }

        var next = 0;
        return [.. levels.Select(level => level == 1 ? values[next++] : null)];
    }

    private static object[] Plain(ReadOnlySpan<byte> from, ThriftStruct element, int count, out int used)
    {
        var values = new object[count];
        used = 0;
        for (var i = 0; i < count; i++)
            values[i] = One(from, element, i, ref used);
        if (element.Int(1) == 0)
            used = (count + 7) / 8;
        return values;
    }

    private static object One(ReadOnlySpan<byte> from, ThriftStruct element, int index, ref int at)
    {
        switch (element.Int(1))
        {
            case 0:
                return (from[index / 8] >> (index % 8) & 1) == 1;
            case 1:
                return Epoch.AddDays(BinaryPrimitives.ReadInt32LittleEndian(from[((at += 4) - 4)..]));
            case 2:
                var integer = BinaryPrimitives.ReadInt64LittleEndian(from[((at += 8) - 8)..]);
                return element.Has(6) && element.Int(6) == 5 ? integer / (decimal)Math.Pow(10, element.Int(7)) : (object)integer;
            case 5:
                return BinaryPrimitives.ReadDoubleLittleEndian(from[((at += 8) - 8)..]);
            default:
                var length = BinaryPrimitives.ReadInt32LittleEndian(from[((at += 4) - 4)..]);
                return new UTF8Encoding(false, true).GetString(from.Slice((at += length) - length, length));
        }
    }

    private static void Statistics(ThriftStruct statistics, ThriftStruct element, object?[] cells)
    {
        Assert.Equal(cells.Count(cell => cell is null), statistics.Int(3));
        Assert.False(statistics.Has(1) || statistics.Has(2));
        Assert.Equal(statistics.Has(5), statistics.Has(6));
        if (statistics.BytesOrNone(5) is not { } max || statistics.BytesOrNone(6) is not { } min)
            return;
        var keys = cells.OfType<object>().Select(Key).ToList();
        Assert.Equal(0, Compare(keys.Aggregate((left, right) => Compare(left, right) <= 0 ? left : right), Key(Bound(min, element))));
        Assert.Equal(0, Compare(keys.Aggregate((left, right) => Compare(left, right) >= 0 ? left : right), Key(Bound(max, element))));
    }

    private static object Bound(byte[] bytes, ThriftStruct element)
    {
        var at = 0;
        return element.Int(1) == 6 ? Encoding.UTF8.GetString(bytes) : One(bytes, element, 0, ref at);
    }

    /// <summary>Text is compared by its bytes.</summary>
    private static object Key(object cell) => cell is string text ? Encoding.UTF8.GetBytes(text) : cell;

    private static int Compare(object left, object right) =>
        left is byte[] bytes ? bytes.AsSpan().SequenceCompareTo((byte[])right) : Comparer<object>.Default.Compare(left, right);
}
