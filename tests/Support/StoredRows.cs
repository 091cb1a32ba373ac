using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Publishing;

namespace FriendCity.Tests.Support;

internal static class StoredRows
{
    /// <summary>The rows of a table of a snapshot, held in memory.</summary>
    public static async Task<IReadOnlyList<object?[]>> RowsAsync(this SnapshotStore store, string id, SnapshotTable table,
        CancellationToken cancellationToken)
    {
        await using var rows = await store.TableAsync(id, table, cancellationToken);
        return [.. rows!.Of(table.Columns)];
    }
}
