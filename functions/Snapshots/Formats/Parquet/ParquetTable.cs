using System.Runtime.ExceptionServices;
using FriendCity.Snapshots.Contracts;
using ParquetSharp;

namespace FriendCity.Snapshots.Formats.Parquet;

/// <summary>
/// A table of a snapshot as a Parquet file. It says of itself which contract it follows and which snapshot it belongs to. What is held in memory
/// is one row group as it stands in the file, and the cells of some ten thousand rows.
/// </summary>
internal sealed class ParquetTable : TableWriter
{
    public const string SchemaKey = "friendcity.schema";
    public const string SnapshotKey = "friendcity.snapshot";

    private const int RowsAtOnce = 16_384;
    private const int CharactersAtOnce = 1 << 20;
    private const long LargestGroup = 16 << 20;

    /// <summary>A longer bound of a text would only swell the footer.</summary>
    private const ulong LongestBound = 64;

    private readonly Stream _stream;
    private readonly int _rowsPerGroup;
    private readonly ParquetColumn[] _columns;
    private readonly ParquetFileWriter _file;
    private RowGroupWriter? _group;
    private (int Rows, long Bytes) _inGroup;
    private readonly List<object?[]> _held = new(RowsAtOnce);
    private int _heldCharacters;

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

    /// <param name="row">Kept until some thousand are together.</param>
    /// <exception cref="InvalidDataException">A cell of the rows that are kept does not fit its column.</exception>
    public override void Add(object?[] row)
    {
        foreach (var cell in row)
            if (cell is string text)
                _heldCharacters += text.Length;
        _held.Add(row);
        if (_held.Count == RowsAtOnce || _heldCharacters >= CharactersAtOnce || _inGroup.Rows + _held.Count == _rowsPerGroup)
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
        if (_held.Count == 0)
            return false;
        if (_group is null)
        {
            // Buffered, so that all columns grow side by side.
            _group = _file.AppendBufferedRowGroup();
            for (var i = 0; i < _columns.Length; i++)
                _columns[i].Open(_group, i, _held.Count);
        }

        var bytes = 0L;
        try
        {
            Parallel.For(0, _columns.Length, i => Interlocked.Add(ref bytes, _columns[i].Write(_held, i)));
        }
        catch (AggregateException several)
        {
            // One of them is fault enough.
            ExceptionDispatchInfo.Throw(several.InnerException!);
        }

        _inGroup = (_inGroup.Rows + _held.Count, _inGroup.Bytes + bytes);
        _heldCharacters = 0;
        _held.Clear();
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
