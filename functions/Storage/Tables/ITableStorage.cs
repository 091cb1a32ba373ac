namespace FriendCity.Storage.Tables;

/// <summary>
/// The port to Table Storage. Every method throws <see cref="StorageException"/> when storage cannot be reached or answers with a fault;
/// the outcome of a write is then unknown. Limits of the service are checked before anything is sent
/// (<see cref="TableLimits"/>, <see cref="ArgumentException"/>).
/// </summary>
internal interface ITableStorage
{
    /// <summary>Creates the table unless it exists.</summary>
    Task EnsureTableAsync(string table, CancellationToken cancellationToken);

    /// <summary>One row, or null when it does not exist (or its table does not).</summary>
    Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken);

    /// <summary>Pages of rows in key order, streamed; <paramref name="columns"/> limits what is read (keys always come).</summary>
    IAsyncEnumerable<IReadOnlyList<TableRow>> QueryAsync(
        string table, TableRange range, IReadOnlyList<string>? columns, CancellationToken cancellationToken);

    /// <summary>
    /// One entity-group transaction: all operations take effect, or none. When an answer is lost the transaction is sent again,
    /// and the second sending meets the effect of the first: <see cref="TableSubmit.Refused"/> may therefore mean that our own
    /// write is stored. A caller to whom that matters reads the row back and looks for its operation id.
    /// </summary>
    /// <exception cref="TableOperationException">An operation breaks a limit; nothing was sent.</exception>
    Task<TableSubmit> SubmitAsync(string table, IReadOnlyList<TableOperation> operations, CancellationToken cancellationToken);
}
