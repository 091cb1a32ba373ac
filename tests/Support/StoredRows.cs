using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats.Parquet;
using FriendCity.Snapshots.Publishing;

namespace FriendCity.Tests.Support;

internal static class StoredRows
{
    /// <summary>The rows of a table of a snapshot, held in memory.</summary>
    public static async Task<IReadOnlyList<object?[]>> RowsAsync(this SnapshotStore store, string id, SnapshotTable table,
        CancellationToken cancellationToken)
    {
        await using var file = await store.WriteTempAsync(id, table, SnapshotFormat.Parquet, cancellationToken);
        return [.. ParquetRows.Of(table.Columns, file!)];
    }
}
