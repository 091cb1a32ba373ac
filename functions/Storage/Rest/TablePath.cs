namespace FriendCity.Storage.Rest;

/// <summary>The address of a row: its keys quoted as in a filter, then escaped for a path.</summary>
internal static class TablePath
{
    public static string Row(string table, string partitionKey, string rowKey) =>
        $"/{TableKeys.CheckTable(table)}{Keys(TableKeys.Check(partitionKey, nameof(partitionKey)), TableKeys.Check(rowKey, nameof(rowKey)))}";

    /// <summary>The part behind the table's name, of keys that were checked.</summary>
    public static string Keys(string partitionKey, string rowKey) => $"(PartitionKey='{Escape(partitionKey)}',RowKey='{Escape(rowKey)}')";

    private static string Escape(string key) => Uri.EscapeDataString(key.Replace("'", "''", StringComparison.Ordinal));
}
