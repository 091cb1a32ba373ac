using System.IO.Compression;
using System.Text;
using FriendCity.Storage.Tables;

namespace FriendCity.Records.Persistence;

/// <summary>
/// Rows in few bytes: what the entry of a bulk transaction carries, so that a reader takes fifty records with one request. Deflate
/// over, for each row, its keys and its columns: name, kind of value, value.
/// </summary>
internal static class PackedRows
{
    /// <summary>The service's limit on a binary column.</summary>
    private const int Limit = 64 * 1024;

    private enum FieldType : byte
    {
        Text,
        Integer,
        Number,
        Flag,
        Instant,
    }

    /// <summary>The rows packed, or null when they do not fit into a column: their readers read them one by one.</summary>
    public static byte[]? Pack(IReadOnlyCollection<TableRow> rows)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(new DeflateStream(bytes, CompressionLevel.Fastest, leaveOpen: true), Encoding.UTF8))
        {
            writer.Write(rows.Count);
            foreach (var row in rows)
            {
                writer.Write(row.PartitionKey);
                writer.Write(row.RowKey);
                writer.Write(row.Columns.Count);
                foreach (var (name, value) in row.Columns)
                {
                    writer.Write(name);
                    Write(writer, value);
                }
            }
        }

        return bytes.Length <= Limit ? bytes.ToArray() : null;
    }

    /// <exception cref="InvalidDataException">They are no packed rows.</exception>
    public static List<TableRow> Unpack(byte[] packed)
    {
        try
        {
            return Read(packed);
        }
        catch (Exception fault) when (fault is IOException or FormatException or ArgumentException)
        {
            throw new InvalidDataException("They end too early, or a value is none.", fault);
        }
    }

    private static List<TableRow> Read(byte[] packed)
    {
        using var reader = new BinaryReader(new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress), Encoding.UTF8);
        var rows = new List<TableRow>();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var (partition, key, columns) = (reader.ReadString(), reader.ReadString(), new Dictionary<string, object>(StringComparer.Ordinal));
            for (var count = reader.ReadInt32(); count > 0; count--)
                columns[reader.ReadString()] = Read(reader);
            rows.Add(new TableRow(partition, key, columns));
        }

        return rows;
    }

    private static void Write(BinaryWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.Write((byte)FieldType.Text);
                writer.Write(text);
                break;
            case long integer:
                writer.Write((byte)FieldType.Integer);
                writer.Write(integer);
                break;
            case double number:
                writer.Write((byte)FieldType.Number);
                writer.Write(number);
                break;
            case bool flag:
                writer.Write((byte)FieldType.Flag);
                writer.Write(flag);
                break;
            case DateTimeOffset instant:
                writer.Write((byte)FieldType.Instant);
                writer.Write(instant.UtcTicks);
                break;
            default:
                throw new ArgumentException($"A record has no column of {value.GetType()}.", nameof(value));
        }
    }

    private static object Read(BinaryReader reader) => (FieldType)reader.ReadByte() switch
    {
        FieldType.Text => reader.ReadString(),
        FieldType.Integer => reader.ReadInt64(),
        FieldType.Number => reader.ReadDouble(),
        FieldType.Flag => reader.ReadBoolean(),
        FieldType.Instant => new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
        var other => throw new InvalidDataException($"Packed rows know no kind {other} of value."),
    };
}
