using ParquetSharp;
using Column = FriendCity.Snapshots.Contracts.Column;

namespace FriendCity.Snapshots.Formats.Parquet;

/// <summary>Reads a table's Parquet file row by row, whoever compressed it and how.</summary>
internal sealed class ParquetRows : IDisposable
{
    private const int RowsAtOnce = 1024;

    private readonly Stream _stream;
    private readonly ParquetFileReader _file;
    private readonly ParquetColumn[] _columns;
    private readonly int?[] _places;
    private readonly int _groups;
    private RowGroupReader? _group;
    private int _nextGroup;
    private long _left;

    private ParquetRows(IReadOnlyList<Column> columns, Stream stream)
    {
        (_stream, _columns) = (stream, [.. columns.Select(ParquetColumn.Of)]);
        _file = new ParquetFileReader(stream, leaveOpen: true);
        var schema = _file.FileMetaData.Schema;
        var names = Enumerable.Range(0, schema.NumColumns).Select(i => schema.Column(i).Name).ToList();
        _places = [.. columns.Select(column => names.IndexOf(column.Name) is var place and >= 0 ? place : (int?)null)];
        _groups = _file.FileMetaData.NumRowGroups;
    }

    /// <summary>
    /// The rows as they are asked for, their cells found by the columns' names: a column that the file does not have yet is null and one we no
    /// longer have is skipped. In memory is one row group's part of these columns, as it stands in the file.
    /// </summary>
    /// <param name="stream">It has to seek.</param>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static IEnumerable<object?[]> Of(IReadOnlyList<Column> columns, Stream stream)
    {
        using var rows = ParquetCalls.Tell(stream, () => new ParquetRows(columns, stream));
        while (ParquetCalls.Tell(stream, rows.Next) is { Length: > 0 } some)
            foreach (var row in some)
                yield return row;
    }

    /// <summary>Whether the file has just these columns, as a writer of today makes them.</summary>
    /// <exception cref="InvalidDataException">It is no Parquet file.</exception>
    public static bool Has(IReadOnlyList<Column> columns, Stream stream) => ParquetCalls.Tell(stream, () =>
    {
        using var file = new ParquetFileReader(stream, leaveOpen: true);
        using var there = file.FileMetaData.Schema.GroupNode;
        using var wanted = ParquetColumn.Schema(columns);
        return there.Equals(wanted);
    });

    public void Dispose()
    {
        foreach (var column in _columns)
            column.Dispose();
        _group?.Dispose();
        _file.Dispose();
    }

    /// <summary>Some rows more; none behind the last.</summary>
    private object?[][] Next()
    {
        while (_left == 0)
        {
            if (_nextGroup == _groups)
                return [];
            _group?.Dispose();
            _group = _file.RowGroup(_nextGroup++);
            _left = _group.MetaData.NumRows;
            for (var i = 0; i < _columns.Length; i++)
            {
                if (_places[i] is { } place)
                    _columns[i].Match(_file.FileMetaData.Schema.Column(place));
                _columns[i].Open(_group, _places[i]);
            }
        }

        var rows = new object?[(int)Math.Min(_left, RowsAtOnce)][];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = new object?[_columns.Length];
        for (var i = 0; i < _columns.Length; i++)
            _columns[i].Read(rows, i);
        _left -= rows.Length;
        return rows;
    }
}
