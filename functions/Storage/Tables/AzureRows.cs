using System.Text.Json;
using Azure.Data.Tables;

namespace FriendCity.Storage.Tables;

/// <summary>Rows as the official client has them.</summary>
internal static class AzureRows
{
    // Headers, boundary and address of one operation, and the names and quotes around one value: more than they ever take.
    private const int OperationOverhead = 1024;
    private const int ColumnOverhead = 64;

    public static TableEntity Write(TableRow row)
    {
        var entity = new TableEntity(row.PartitionKey, row.RowKey);
        foreach (var (name, value) in row.Columns)
            entity[name] = value is DateTimeOffset instant ? instant.ToUniversalTime() : value;
        return entity;
    }

    public static TableRow Read(TableEntity entity) => new(
        entity.PartitionKey,
        entity.RowKey,
        entity.Where(column => IsColumn(column.Key) && column.Value is not null).ToDictionary(column => column.Key, column => Value(column.Value)),
        entity.ETag.ToString("H"));

    /// <summary>The client writes each Chinese character in six bytes, so the size counts escaped text.</summary>
    /// <exception cref="TableOperationException">The transaction would pass the service's limit.</exception>
    public static void CheckSize(IReadOnlyList<TableOperation> operations)
    {
        var size = 0L;
        for (var i = 0; i < operations.Count; i++)
        {
            var row = operations[i].Row;
            size += OperationOverhead + KeySize(row.PartitionKey) + KeySize(row.RowKey)
                + row.Columns.Sum(column => ColumnOverhead + (2L * column.Key.Length) + ValueSize(column.Value));
            if (size > TableLimits.TransactionBytes)
                throw new TableOperationException(i, $"the transaction passes {TableLimits.TransactionBytes} bytes here");
        }
    }

    private static bool IsColumn(string name) => name is not ("PartitionKey" or "RowKey" or "Timestamp") && !name.AsSpan().ContainsAny('.', '@');

    private static object Value(object value) => value switch
    {
        int number => (long)number,
        DateTime instant => new DateTimeOffset(instant.ToUniversalTime()),
        BinaryData bytes => bytes.ToArray(),
        _ => value,
    };

    // Once in the address and once in the body.
    private static long KeySize(string key) => Uri.EscapeDataString(key).Length + TextSize(key);

    private static long ValueSize(object value) => value switch
    {
        string text => TextSize(text),
        byte[] bytes => (bytes.Length + 2L) / 3 * 4,
        _ => 0,
    };

    private static long TextSize(string text) => JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length;
}
