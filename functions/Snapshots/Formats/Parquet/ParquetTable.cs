using FriendCity.Snapshots.Contracts;
using ParquetSharp;

namespace FriendCity.Snapshots.Formats.Parquet;

/// <summary>
/// A table of a snapshot as a Parquet file. It says of itself which contract it follows and which snapshot it belongs to. What is held in memory
/// is one row group as it stands in the file, and the cells of a few thousand rows.
/// </summary>
internal sealed class ParquetTable : TableWriter
{
    public const string SchemaKey = "friendcity.schema";
    public const string SnapshotKey = "friendcity.snapshot";

    private const int RowsAtOnce = 4096;
    private const int BytesAtOnce = 1 << 20;
    private const long LargestGroup = 16 << 20;

    /// <summary>A longer bound of a text would only swell the footer.</summary>
    private const ulong LongestBound = 64;

    private readonly Stream _stream;
    private readonly int _rowsPerGroup;
    private readonly ParquetColumn[] _columns;
    private readonly ParquetFileWriter _file;
    private RowGroupWriter? _group;
    private (int Rows, long Bytes) _inGroup;
    private (int Rows, int Bytes) _held;

    /// <param name="stream">Need not seek.</param>
    /// <param name="rowsPerGroup">Fewer when their cells are large.</param>
    public ParquetTable(SnapshotTable table, string snapshot, Stream stream, int rowsPerGroup = 122_880, Compression compression = Compression.Snappy)
    {
        (_stream, _rowsPerGroup, _columns) = (stream, rowsPerGroup, [.. table.Columns.Select(ParquetColumn.Of)]);
        using var schema = ParquetColumn.Schema(table.Columns);
        using var properties = new WriterPropertiesBuilder()
            .Version(ParquetVersion.PARQUET_1_0).Compression(compression).SetMaxStatisticsSize(LongestBound).Build();
        var metadata = new Dictionary<string, string>
        {
            [SchemaKey] = $"{table.Major}/{table.Name}",
            [SnapshotKey] = snapshot,
        };
        _file = ParquetCalls.Tell(stream, () => new ParquetFileWriter(stream, schema, properties, metadata, leaveOpen: true));
    }

    /// <exception cref="InvalidDataException">A cell does not fit its column.</exception>
    public override void Add(object?[] row)
    {
        for (var i = 0; i < _columns.Length; i++)
            _held.Bytes += _columns[i].Add(row[i]);
        _held.Rows++;
        if (_held.Rows == RowsAtOnce || _held.Bytes >= BytesAtOnce || _inGroup.Rows + _held.Rows == _rowsPerGroup)
            ParquetCalls.Tell(_stream, Flush);
    }

    public override void Finish() => ParquetCalls.Tell(_stream, () =>
    {
        Flush();
        EndGroup();
        _file.Close();
        return true;
    });

    public override void Dispose()
    {
        EndColumns();
        _group?.Dispose();
        _file.Dispose();
    }

    private bool Flush()
    {
        if (_held.Rows == 0)
            return false;
        if (_group is null)
        {
            // Buffered, so that all columns grow side by side.
            _group = _file.AppendBufferedRowGroup();
            for (var i = 0; i < _columns.Length; i++)
                _columns[i].Open(_group, i);
        }

        Parallel.ForEach(_columns, column => column.Write());
        _inGroup = (_inGroup.Rows + _held.Rows, _inGroup.Bytes + _held.Bytes);
        _held = default;
        if (_inGroup.Rows == _rowsPerGroup || _inGroup.Bytes >= LargestGroup)
            EndGroup();
        return true;
    }

    private void EndGroup()
    {
        EndColumns();
        _group?.Close();
        _group?.Dispose();
        (_group, _inGroup) = (null, default);
    }

    private void EndColumns()
    {
        foreach (var column in _columns)
            column.Dispose();
    }
}
