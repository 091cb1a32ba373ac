using ParquetSharp;
using Column = FriendCity.Snapshots.Contracts.Column;

namespace FriendCity.Snapshots.Formats.Parquet;

/// <summary>
/// Goes forward through a table's Parquet file, whoever compressed it and how. A column's cells are read when the first of them is asked for,
/// so what nobody asks for costs nothing. In memory is one row group's part of the columns asked for, as it stands in the file.
/// </summary>
internal sealed class ParquetCursor : IDisposable
{
    private const int RowsAtOnce = 1024;

    private readonly Stream _stream;
    private readonly ParquetFileReader _file;
    private readonly ParquetColumn[] _columns;
    private readonly int?[] _places;

    /// <summary>Of each column the row behind the last that was read of it; none of the row group.</summary>
    private readonly long?[] _read;
    private RowGroupReader? _group;
    private int _nextGroup;
    private (long From, long To) _inGroup;

    /// <summary>The rows whose cells are held, of the columns that are.</summary>
    private (long From, long To) _held;

    private ParquetCursor(IReadOnlyList<Column> columns, Stream stream)
    {
        (_stream, _columns, _read) = (stream, [.. columns.Select(ParquetColumn.Of)], new long?[columns.Count]);
        _file = new ParquetFileReader(stream, leaveOpen: true);
        var schema = _file.FileMetaData.Schema;
        var names = Enumerable.Range(0, schema.NumColumns).Select(i => schema.Column(i).Name).ToList();
        _places = [.. columns.Select(column => names.IndexOf(column.Name) is var place and >= 0 ? place : (int?)null)];
        Count = _file.FileMetaData.NumRows;
    }

    /// <summary>Of all rows, as the file says it.</summary>
    public long Count { get; }

    /// <summary>The present row, from 0.</summary>
    public long Row { get; private set; }

    /// <summary>
    /// The cell of the present row. A column that the file does not have yet is null; columns are found by their names, so one we no longer have
    /// is skipped.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public object? this[int column]
    {
        get
        {
            if (_read[column] != _held.To)
                Read(column);
            return _columns[column][(int)(Row - _held.From)];
        }
    }

    /// <summary>It stands before the first row.</summary>
    /// <param name="stream">It has to seek.</param>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static ParquetCursor Open(IReadOnlyList<Column> columns, Stream stream)
    {
        var cursor = ParquetCalls.Tell(stream, () => new ParquetCursor(columns, stream));
        try
        {
            for (var i = 0; i < columns.Count; i++)
                if (cursor._places[i] is { } place)
                    cursor._columns[i].Match(cursor._file.FileMetaData.Schema.Column(place));
            return cursor;
        }
        catch
        {
            cursor.Dispose();
            throw;
        }
    }

    /// <param name="row">Not before the present one. What lies between is not read, and row groups between are not looked at.</param>
    /// <returns>False behind the last row.</returns>
    public bool MoveTo(long row)
    {
        if (row >= Count)
            return false;
        if (row >= _held.To)
        {
            if (row >= _inGroup.To)
                OpenGroup(row);
            _held = (row, Math.Min(row + RowsAtOnce, _inGroup.To));
        }

        Row = row;
        return true;
    }

    public void Dispose()
    {
        foreach (var column in _columns)
            column.Dispose();
        _group?.Dispose();
        _file.Dispose();
    }

    private void OpenGroup(long row) => ParquetCalls.Tell(_stream, () =>
    {
        while (row >= _inGroup.To)
        {
            _group?.Dispose();
            _group = _file.RowGroup(_nextGroup++);
            _inGroup = (_inGroup.To, _inGroup.To + _group.MetaData.NumRows);
        }

        Array.Clear(_read);
        return true;
    });

    private void Read(int column) => ParquetCalls.Tell(_stream, () =>
    {
        if (_read[column] is null)
            _columns[column].Open(_group!, _places[column], (int)Math.Min(RowsAtOnce, _inGroup.To - _inGroup.From));
        _columns[column].Read(_held.From - (_read[column] ?? _inGroup.From), (int)(_held.To - _held.From));
        _read[column] = _held.To;
        return true;
    });
}
