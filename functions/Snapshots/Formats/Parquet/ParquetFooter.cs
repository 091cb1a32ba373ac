using System.Buffers;

namespace FriendCity.Snapshots.Formats.Parquet;

/// <summary>The rows from one flush to the next.</summary>
internal sealed record RowGroup(IReadOnlyList<ColumnChunk> Chunks, int Rows)
{
    public long Bytes => Chunks.Sum(chunk => chunk.Bytes);
}

/// <summary>
/// FileMetaData, with which a file ends: the schema, where each column of each row group stands, what lies in it
/// (https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift; the field numbers are that file's).
/// </summary>
internal static class ParquetFooter
{
    private const int Version = 1;
    private const int Required = 0;
    private const int Optional = 1;
    private const int Uncompressed = 0;
    private const string CreatedBy = "FriendCity version 1";

    public static ReadOnlySpan<byte> Bytes(IReadOnlyList<ParquetColumn> columns, IReadOnlyList<RowGroup> groups,
        IReadOnlyList<(string Key, string Value)> metadata)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var thrift = new ThriftWriter(bytes);
        thrift.Fields(() =>
        {
            thrift.I32(1, Version);
            thrift.Structs(2, [null, .. columns], column => Element(thrift, column, columns.Count));
            thrift.I64(3, groups.Sum(group => (long)group.Rows));
            thrift.Structs(4, [.. groups.Index()], group => Group(thrift, group.Index, group.Item));
            thrift.Structs(5, metadata, pair =>
            {
                thrift.Text(1, pair.Key);
                thrift.Text(2, pair.Value);
            });
            thrift.Text(6, CreatedBy);
            // Without the order a reader has to ignore minimum and maximum: ours is the type's own.
            thrift.Structs(7, columns, _ => thrift.Struct(1, () => { }));
        });
        return bytes.WrittenSpan;
    }

    /// <summary>SchemaElement; null is the root, whose children are the columns.</summary>
    private static void Element(ThriftWriter thrift, ParquetColumn? column, int columns)
    {
        if (column is null)
        {
            thrift.Text(4, "schema");
            thrift.I32(5, columns);
            return;
        }

        thrift.I32(1, (int)column.Physical);
        thrift.I32(3, column.Column.Nullable ? Optional : Required);
        thrift.Text(4, column.Column.Name);
        if (column.Converted is { } converted)
            thrift.I32(6, converted);
        if (column.Converted == ParquetColumn.DecimalConverted)
        {
            thrift.I32(7, ParquetColumn.Scale);
            thrift.I32(8, ParquetColumn.Precision);
        }

        if (column.Logical is { } logical)
            thrift.Struct(10, () => thrift.Struct(logical, () => Parameters(thrift, column)));
    }

    private static void Parameters(ThriftWriter thrift, ParquetColumn column)
    {
        if (column.Converted == ParquetColumn.DecimalConverted)
        {
            thrift.I32(1, ParquetColumn.Scale);
            thrift.I32(2, ParquetColumn.Precision);
        }
        else if (column.Physical == Physical.Int64)
        {
            thrift.I8(1, 64);
            thrift.Flag(2, true);
        }
    }

    private static void Group(ThriftWriter thrift, int ordinal, RowGroup group)
    {
        thrift.Structs(1, group.Chunks, chunk => Chunk(thrift, chunk));
        thrift.I64(2, group.Bytes);
        thrift.I64(3, group.Rows);
        thrift.I64(5, group.Chunks[0].DictionaryOffset ?? group.Chunks[0].DataOffset);
        thrift.I64(6, group.Bytes);
        thrift.I16(7, ordinal);
    }

    private static void Chunk(ThriftWriter thrift, ColumnChunk chunk)
    {
        thrift.I64(2, 0);
        thrift.Struct(3, () =>
        {
            thrift.I32(1, (int)chunk.Column.Physical);
            thrift.I32s(2, chunk.DictionaryOffset is null
                ? [Encodings.Plain, Encodings.Rle] : [Encodings.Plain, Encodings.Rle, Encodings.RleDictionary]);
            thrift.Texts(3, chunk.Column.Column.Name);
            thrift.I32(4, Uncompressed);
            thrift.I64(5, chunk.Rows);
            thrift.I64(6, chunk.Bytes);
            thrift.I64(7, chunk.Bytes);
            thrift.I64(9, chunk.DataOffset);
            if (chunk.DictionaryOffset is { } dictionary)
                thrift.I64(11, dictionary);
            thrift.Struct(12, () => Statistics(thrift, chunk));
        });
    }

    private static void Statistics(ThriftWriter thrift, ColumnChunk chunk)
    {
        thrift.I64(3, chunk.Nulls);
        // One bound without the other is of no use to most readers.
        if (chunk is not { Min: { } min, Max: { } max })
            return;
        thrift.Bytes(5, max);
        thrift.Bytes(6, min);
        thrift.Flag(7, true);
        thrift.Flag(8, true);
    }
}
