using System.Buffers.Binary;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Formats.Parquet;

/// <summary>
/// Writes a Parquet file row by row (https://parquet.apache.org/docs/file-format/). What is held in memory is one row group: at most
/// 122,880 rows, fewer when their cells are large.
/// </summary>
internal sealed class ParquetWriter
{
    private const long LargestGroup = 16 << 20;

    private readonly Stream _to;
    private readonly int _rowsPerGroup;
    private readonly ParquetColumn[] _columns;
    private readonly List<RowGroup> _groups = [];
    private int _rows;
    private long _held;
    private long _position;

    /// <param name="to">Need not seek.</param>
    public ParquetWriter(Stream to, IEnumerable<Column> columns, int rowsPerGroup = 122_880)
    {
        (_to, _rowsPerGroup, _columns) = (to, rowsPerGroup, [.. columns.Select(ParquetColumn.Of)]);
        Write(Magic);
    }

    private static ReadOnlySpan<byte> Magic => "PAR1"u8;

    /// <exception cref="InvalidDataException">A cell does not fit its column.</exception>
    public void Add(object?[] row)
    {
        for (var i = 0; i < _columns.Length; i++)
            _held += _columns[i].Add(row[i]);
        if (++_rows == _rowsPerGroup || _held >= LargestGroup)
            Flush();
    }

    /// <summary>Ends the file; the stream stays open.</summary>
    public void Finish(params IReadOnlyList<(string Key, string Value)> metadata)
    {
        Flush();
        var footer = ParquetFooter.Bytes(_columns, _groups, metadata);
        Write(footer);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        Write(length);
        Write(Magic);
    }

    private void Flush()
    {
        if (_rows == 0)
            return;

        var chunks = new List<ColumnChunk>(_columns.Length);
        foreach (var column in _columns)
        {
            var chunk = column.Flush(_to, _position);
            chunks.Add(chunk);
            _position += chunk.Bytes;
        }

        _groups.Add(new RowGroup(chunks, _rows));
        (_rows, _held) = (0, 0);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _to.Write(bytes);
        _position += bytes.Length;
    }
}
