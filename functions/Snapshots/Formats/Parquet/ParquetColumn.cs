using System.Globalization;
using System.Text;
using FriendCity.Snapshots.Contracts;
using ParquetSharp;
using ParquetSharp.Schema;
using Column = FriendCity.Snapshots.Contracts.Column;

namespace FriendCity.Snapshots.Formats.Parquet;

/// <summary>
/// A column of a file that is written or read. How it stands there is told outright: of C# types alone the library would make texts that may
/// be null and decimals of 16 bytes.
/// </summary>
internal abstract class ParquetColumn(Column column) : IDisposable
{
    /// <summary>Of a decimal; what the registry takes for money fits exactly.</summary>
    private const int Precision = 18;
    private const int Scale = 6;
    private const decimal Beyond = 1_000_000_000_000m;

    /// <summary>Half a surrogate pair has no UTF-8 and is an error, not a question mark.</summary>
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public Column Column => column;

    public static ParquetColumn Of(Column column) => (column.Type, column.Nullable) switch
    {
        (ColumnType.Text, _) => new ParquetColumn<string>(column),
        (ColumnType.Date, false) => new ParquetColumn<DateOnly>(column),
        (ColumnType.Date, true) => new ParquetColumn<DateOnly?>(column),
        (ColumnType.Integer, false) => new ParquetColumn<long>(column),
        (ColumnType.Integer, true) => new ParquetColumn<long?>(column),
        (ColumnType.Number, false) => new ParquetColumn<double>(column),
        (ColumnType.Number, true) => new ParquetColumn<double?>(column),
        (ColumnType.Decimal, false) => new ParquetColumn<decimal>(column),
        (ColumnType.Decimal, true) => new ParquetColumn<decimal?>(column),
        (ColumnType.Flag, false) => new ParquetColumn<bool>(column),
        (ColumnType.Flag, true) => new ParquetColumn<bool?>(column),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Type, "Unknown type of column."),
    };

    /// <summary>Ids of fields are places from 1 on: columns are only appended.</summary>
    public static GroupNode Schema(IEnumerable<Column> columns)
    {
        var nodes = columns.Select((column, place) => (Node)Node(column, place + 1)).ToArray();
        try
        {
            return new GroupNode("schema", Repetition.Required, nodes);
        }
        finally
        {
            foreach (var node in nodes)
                node.Dispose();
        }
    }

    /// <summary>Begins to write the column's part of a row group.</summary>
    /// <param name="atOnce">So many rows will mostly come together: the library makes room for them.</param>
    public abstract void Open(RowGroupWriter group, int place, int atOnce);

    /// <summary>Hands the cells of some rows to the row group. Columns do not wait for each other.</summary>
    /// <param name="cell">Where in a row the column's cell is.</param>
    /// <returns>Roughly how many bytes they take.</returns>
    /// <exception cref="InvalidDataException">A cell does not fit the column.</exception>
    public abstract long Write(List<object?[]> rows, int cell);

    /// <exception cref="InvalidDataException">The file has the column with another type.</exception>
    public void Match(ColumnDescriptor descriptor)
    {
        using var there = descriptor.SchemaNode;
        // Files of before have no ids.
        using var wanted = Node(column, there.FieldId);
        if (!there.Equals(wanted))
            throw new InvalidDataException($"Column {column.Name} is of another type.");
    }

    /// <summary>Begins to read the column's part of a row group.</summary>
    /// <param name="place">The column's in the file; none for a column that the file does not have, whose cells are null.</param>
    /// <param name="atOnce">At most so many cells will mostly be read together: the library makes room for them.</param>
    public abstract void Open(RowGroupReader group, int? place, int atOnce);

    /// <summary>Passes over some cells and holds the next, in the place of those held before.</summary>
    /// <exception cref="InvalidDataException">There are not so many.</exception>
    public abstract void Read(long skipped, int count);

    /// <summary>One of the cells that were read last.</summary>
    public abstract object? this[int cell] { get; }

    public abstract void Dispose();

    /// <returns>Roughly how many bytes the cell takes.</returns>
    /// <exception cref="InvalidDataException">The cell does not fit the column.</exception>
    protected int Size(object? cell)
    {
        if (cell is null && !column.Nullable)
            throw new InvalidDataException($"Column {column.Name} takes no null.");
        if (cell is decimal amount && ((amount.Scale > Scale && decimal.Round(amount, Scale) != amount) || Math.Abs(amount) >= Beyond))
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"{amount} is no decimal of {Precision} digits, {Scale} of them after the point."));
        return sizeof(long) + (cell is string text ? Strict.GetByteCount(text) : 0);
    }

    private static PrimitiveNode Node(Column column, int id)
    {
        var (logical, physical) = column.Type switch
        {
            ColumnType.Text => (LogicalType.String(), PhysicalType.ByteArray),
            ColumnType.Date => (LogicalType.Date(), PhysicalType.Int32),
            ColumnType.Integer => (LogicalType.Int(64, isSigned: true), PhysicalType.Int64),
            ColumnType.Number => (LogicalType.None(), PhysicalType.Double),
            ColumnType.Decimal => (LogicalType.Decimal(Precision, Scale), PhysicalType.Int64),
            _ => (LogicalType.None(), PhysicalType.Boolean),
        };
        using (logical)
            return new PrimitiveNode(column.Name, column.Nullable ? Repetition.Optional : Repetition.Required, logical, physical, fieldId: id);
    }
}

/// <typeparam name="T">What the library takes for a cell: nullable where the column is.</typeparam>
internal sealed class ParquetColumn<T>(Column column) : ParquetColumn(column)
{
    private IDisposable? _column;
    private LogicalColumnReader<T>? _reader;
    private LogicalColumnWriter<T>? _writer;
    private T[] _cells = [];

    public override void Open(RowGroupWriter group, int place, int atOnce)
    {
        Dispose();
        var there = group.Column(place);
        (_column, _writer) = (there, there.LogicalWriterOverride<T>(atOnce));
    }

    public override long Write(List<object?[]> rows, int cell)
    {
        var cells = Room(rows.Count);
        var bytes = 0L;
        for (var i = 0; i < cells.Length; i++)
        {
            bytes += Size(rows[i][cell]);
            cells[i] = (T)rows[i][cell]!;
        }

        _writer!.WriteBatch(cells);
        cells.Clear();
        return bytes;
    }

    public override void Open(RowGroupReader group, int? place, int atOnce)
    {
        Dispose();
        var there = place is { } at ? group.Column(at) : null;
        (_column, _reader) = (there, there?.LogicalReaderOverride<T>(atOnce));
    }

    public override void Read(long skipped, int count)
    {
        if (_reader is null)
            return;
        if ((skipped > 0 && _reader.Skip(skipped) != skipped) || _reader.ReadBatch(Room(count)) != count)
            throw new InvalidDataException($"Column {Column.Name} ends before its row group.");
    }

    public override object? this[int cell] => _reader is null ? null : _cells[cell];

    public override void Dispose()
    {
        _writer?.Dispose();
        _reader?.Dispose();
        _column?.Dispose();
        (_writer, _reader, _column) = (null, null, null);
    }

    private Span<T> Room(int count)
    {
        if (_cells.Length < count)
            _cells = new T[count];
        return _cells.AsSpan(0, count);
    }
}
