namespace FriendCity.Storage.Tables;

internal enum TableWrite
{
    /// <summary>Refused when the row exists.</summary>
    Insert,

    /// <summary>Replaces the whole row; refused when it is missing or its ETag differs.</summary>
    Replace,

    /// <summary>Writes the whole row whether it exists or not.</summary>
    Upsert,

    /// <summary>Refused when the row is missing or its ETag differs.</summary>
    Delete,
}

/// <param name="IfMatch">The row's ETag as storage gave it; <c>*</c> for any. Required for Replace and Delete, absent otherwise.</param>
internal sealed record TableOperation(TableWrite Kind, TableRow Row, string? IfMatch)
{
    public static TableOperation Insert(TableRow row) => new(TableWrite.Insert, row, null);

    public static TableOperation Upsert(TableRow row) => new(TableWrite.Upsert, row, null);

    public static TableOperation Replace(TableRow row, string etag) => new(TableWrite.Replace, row, etag);

    public static TableOperation Delete(string partitionKey, string rowKey, string etag) =>
        new(TableWrite.Delete, new TableRow(partitionKey, rowKey, new Dictionary<string, object>()), etag);
}

internal enum TableRefusal
{
    /// <summary>An inserted row exists already (409).</summary>
    Exists,

    /// <summary>The row's ETag is not the one named (412).</summary>
    Stale,

    /// <summary>The row to replace or delete does not exist (404).</summary>
    Missing,
}

/// <summary>What became of a transaction.</summary>
internal abstract record TableSubmit
{
    private TableSubmit() { }

    /// <param name="ETags">One per operation, in order; null for deletions.</param>
    internal sealed record Committed(IReadOnlyList<string?> ETags) : TableSubmit;

    /// <param name="Index">Which operation was refused; nothing of the transaction is stored.</param>
    internal sealed record Refused(int Index, TableRefusal Reason) : TableSubmit;
}
