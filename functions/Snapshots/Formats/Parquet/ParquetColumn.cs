using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Formats.Parquet;

/// <summary>A column of the row group under way: cells come in, and a column chunk goes out.</summary>
internal abstract class ParquetColumn(Column column, Physical physical, int? converted, int? logical)
{
    /// <summary>Of a decimal; what the registry takes for money fits exactly.</summary>
    public const int Precision = 18;

    public const int Scale = 6;
    public const int DecimalConverted = 5;
    public const int DecimalLogical = 5;

    private const decimal Unscaled = 1_000_000m;
    private const int DateConverted = 6;
    private const int DateLogical = 6;
    private const int Int64Converted = 18;
    private const int IntegerLogical = 10;

    public Column Column => column;

    public Physical Physical => physical;

    public int? Converted => converted;

    public int? Logical => logical;

    public static ParquetColumn Of(Column column) => column.Type switch
    {
        ColumnType.Text => new ParquetColumn<string>(column, new TextType()),
        ColumnType.Date => new ParquetColumn<int>(column, new FixedType<int>(Physical.Int32, Days, DateConverted, DateLogical)),
        ColumnType.Integer => new ParquetColumn<long>(column,
            new FixedType<long>(Physical.Int64, cell => (long)cell, Int64Converted, IntegerLogical)),
        ColumnType.Number => new ParquetColumn<double>(column, new DoubleType()),
        ColumnType.Decimal => new ParquetColumn<long>(column, new FixedType<long>(Physical.Int64, Millionths, DecimalConverted, DecimalLogical)),
        ColumnType.Flag => new ParquetColumn<bool>(column, new FlagType()),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Type, "Unknown type of column."),
    };

    /// <summary>Roughly how many bytes more are held.</summary>
    /// <exception cref="InvalidDataException">The cell does not fit the column.</exception>
    public abstract int Add(object? cell);

    /// <summary>Writes what is held behind <paramref name="position"/> bytes of the file, and holds nothing any more.</summary>
    public abstract ColumnChunk Flush(Stream to, long position);

    private static int Days(object cell) => ((DateOnly)cell).DayNumber - new DateOnly(1970, 1, 1).DayNumber;

    private static long Millionths(object cell)
    {
        var amount = (decimal)cell;
        return decimal.Round(amount, Scale) == amount && Math.Abs(amount) < 1_000_000_000_000m
            ? (long)(amount * Unscaled)
            : throw new InvalidDataException(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{amount} is no decimal of {Precision} digits, {Scale} of them after the point."));
    }
}

internal sealed class ParquetColumn<T>(Column column, ParquetType<T> type) : ParquetColumn(column, type.Physical, type.Converted, type.Logical)
    where T : notnull
{
    private const int LargestDictionary = 1 << 16;

    /// <summary>When hardly any of so many values came twice, the rest will not either.</summary>
    private const int Glimpse = 4096;

    private readonly List<T> _values = [];
    private readonly List<int> _levels = [];

    public override int Add(object? cell)
    {
        if (Column.Nullable)
            _levels.Add(cell is null ? 0 : 1);
        if (cell is null)
        {
            if (!Column.Nullable)
                throw new InvalidDataException($"Column {Column.Name} takes no null.");
            return 0;
        }

        var value = type.Of(cell);
        _values.Add(value);
        return type.Size(value);
    }

    public override ColumnChunk Flush(Stream to, long position)
    {
        var rows = Column.Nullable ? _levels.Count : _values.Count;
        var pages = new PageWriter(to);
        var levels = new ArrayBufferWriter<byte>();
        if (Column.Nullable)
            WriteLevels(levels);

        ColumnChunk chunk;
        if (Dictionary(CollectionsMarshal.AsSpan(_values)) is var (entries, indices))
        {
            pages.Dictionary(type.Length(entries), stream => type.Write(stream, entries), entries.Length);
            var width = HybridEncoding.Width(entries.Length);
            levels.Write([(byte)width]);
            HybridEncoding.Write(levels, indices, width);
            chunk = Describe(entries, rows) with { DictionaryOffset = position, DataOffset = position + pages.Written };
            pages.Data(levels.WrittenSpan, 0, _ => { }, rows, Encodings.RleDictionary);
        }
        else
        {
            chunk = Describe(CollectionsMarshal.AsSpan(_values), rows) with { DataOffset = position };
            pages.Data(levels.WrittenSpan, type.Length(CollectionsMarshal.AsSpan(_values)),
                stream => type.Write(stream, CollectionsMarshal.AsSpan(_values)), rows, Encodings.Plain);
        }

        _values.Clear();
        _levels.Clear();
        return chunk with { Bytes = pages.Written };
    }

    /// <summary>Whether each row has a value: 1 or 0, behind their length in bytes.</summary>
    private void WriteLevels(ArrayBufferWriter<byte> to)
    {
        var encoded = new ArrayBufferWriter<byte>();
        HybridEncoding.Write(encoded, CollectionsMarshal.AsSpan(_levels), 1);
        BinaryPrimitives.WriteInt32LittleEndian(to.GetSpan(sizeof(int)), encoded.WrittenCount);
        to.Advance(sizeof(int));
        to.Write(encoded.WrittenSpan);
    }

    /// <summary>The distinct values and each value's place among them; null when most values stand once.</summary>
    private (T[] Entries, int[] Indices)? Dictionary(ReadOnlySpan<T> values)
    {
        if (!type.UsesDictionary || values.Length == 0)
            return null;

        var most = Math.Min(LargestDictionary, values.Length / 2);
        var places = new Dictionary<T, int>(type.Same);
        var indices = new int[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            // The same value often stands in row after row, and needs not be looked for.
            if (i > 0 && type.Same.Equals(values[i], values[i - 1]))
            {
                indices[i] = indices[i - 1];
                continue;
            }

            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, values[i], out var known);
            if (!known && ((place = places.Count - 1) >= most || (i is >= Glimpse and < 2 * Glimpse && place > i - (i / 16))))
                return null;
            indices[i] = place;
        }

        // A dictionary that never lost an entry gives them back in the order in which they came, but does not promise it.
        var entries = new T[places.Count];
        foreach (var (value, place) in places)
            entries[place] = value;
        return (entries, indices);
    }

    private ColumnChunk Describe(ReadOnlySpan<T> values, int rows)
    {
        var nulls = rows - _values.Count;
        if (values.Length == 0)
            return new ColumnChunk(this, rows, nulls, null, null);
        var (least, most) = (values[0], values[0]);
        foreach (var value in values)
        {
            if (type.Order.Compare(value, most) > 0)
                most = value;
            else if (type.Order.Compare(value, least) < 0)
                least = value;
        }

        return new ColumnChunk(this, rows, nulls, type.Bound(least), type.Bound(most));
    }
}
