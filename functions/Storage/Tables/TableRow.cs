namespace FriendCity.Storage.Tables;

/// <summary>
/// A row of a table. Column values are <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/>,
/// <see cref="DateTimeOffset"/> or a byte array; a column without a value is absent. Timestamp is the service's and is not shown.
/// </summary>
internal sealed record TableRow(string PartitionKey, string RowKey, IReadOnlyDictionary<string, object> Columns, string? ETag = null)
{
    public string? Text(string column) => Columns.TryGetValue(column, out var value) ? value as string : null;

    public long? Integer(string column) => Columns.TryGetValue(column, out var value) ? value as long? : null;
}
