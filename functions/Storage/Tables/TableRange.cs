namespace FriendCity.Storage.Tables;

/// <summary>Which rows a query reads: rows sort by partition key, then row key, both ordinally.</summary>
/// <param name="Partition">Only this partition, or null for all.</param>
/// <param name="From">Inclusive lower bound of the row key, in that partition or in every one.</param>
/// <param name="Before">Exclusive upper bound of the row key, likewise.</param>
/// <param name="After">Only rows at or after this (partition key, row key) pair; used without the other bounds.</param>
internal sealed record TableRange(string? Partition = null, string? From = null, string? Before = null,
    (string PartitionKey, string RowKey)? After = null)
{
    public static TableRange All { get; } = new();

    public static TableRange Rows(string partition, string from, string before) => new(partition, from, before);

    public static TableRange StartingAt(string partitionKey, string rowKey) => new(After: (partitionKey, rowKey));
}
