using System.Buffers.Binary;
using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots.Formats.Parquet;

/// <summary>What a Parquet file says of itself at its end; field numbers as in <see cref="ParquetFooter"/>.</summary>
internal static class ParquetEnd
{
    private const int Tail = 8;

    /// <summary>How many rows all its groups have under these columns; null when it has other columns, or does not agree with itself.</summary>
    public static long? Rows(Stream file, IReadOnlyList<Column> columns)
    {
        Span<byte> tail = stackalloc byte[Tail];
        if (file.Length < Tail)
            return null;
        file.Seek(-Tail, SeekOrigin.End);
        file.ReadExactly(tail);
        var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (!tail[sizeof(int)..].SequenceEqual("PAR1"u8) || length <= 0 || length > file.Length - Tail)
            return null;

        var footer = new byte[length];
        file.Seek(-Tail - length, SeekOrigin.End);
        file.ReadExactly(footer);
        var meta = new ThriftReader(footer, 0).Struct();
        var (schema, groups) = (meta.Structs(2).Skip(1).ToList(), meta.Structs(4));
        var isSame = schema.Count == columns.Count
            && schema.Zip(columns.Select(ParquetColumn.Of)).All(pair => Same(pair.First, pair.Second))
            && groups.All(group => group.Structs(1).Count == columns.Count && group.Structs(1)
                .All(chunk => chunk.Struct(3).Number(5) == group.Number(3)))
            && groups.Sum(group => group.Number(3)) == meta.Number(3);
        return isSame ? meta.Number(3) : null;
    }

    private static bool Same(ThriftStruct element, ParquetColumn column) => element.Text(4) == column.Column.Name
        && element.Int(1) == (int)column.Physical
        && element.Int(3) == (column.Column.Nullable ? 1 : 0)
        && (element.Has(6) ? element.Int(6) : null) == column.Converted;
}
