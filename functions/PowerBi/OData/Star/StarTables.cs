using FriendCity.Http.Errors;
using FriendCity.PowerBi.OData.Query;
using FriendCity.Records;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Publishing;

namespace FriendCity.PowerBi.OData.Star;

/// <summary>
/// Tables of published snapshots, read from their files when first asked for and then held: those of the current snapshot and of the one
/// before it, whose pages may still be followed. A file's hash is checked when it is read; it never changes after.
/// </summary>
internal sealed class StarTables(SnapshotStore store)
{
    private const int SnapshotsHeld = 2;

    private readonly Lock _gate = new();
    private readonly LruCache<(string Snapshot, string Set), Task<RecordSet>> _held = new(SnapshotsHeld * (SnapshotTables.All.Count + 1));

    /// <summary>The id of the current snapshot.</summary>
    /// <exception cref="ProblemException">There is none yet: an empty table would say that there is nothing to count.</exception>
    public async Task<string> CurrentAsync(CancellationToken cancellationToken) => await store.PublishedAsync(cancellationToken) is [var current, ..]
        ? current.Id
        : throw new ProblemException(new Problem(Problems.NotFound, new(
            "There is no snapshot yet, and this set is a table of it. The nightly run makes one, and POST /api/v1/snapshots does.",
            "尚无快照，而此实体集是快照中的表。每晚的任务会生成快照，也可用 POST /api/v1/snapshots 生成。")));

    /// <exception cref="ProblemException">The snapshot is no longer kept.</exception>
    /// <exception cref="InvalidDataException">A file of a published snapshot is missing or damaged.</exception>
    public Task<RecordSet> RowsAsync(string snapshot, StarSet set, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_held.TryGet((snapshot, set.Name), out var rows) || rows.IsFaulted)
                // Others may wait for it too, so nobody's leaving ends it.
                _held.Set((snapshot, set.Name), rows = Task.Run(() => ReadAsync(snapshot, set), CancellationToken.None));
            return rows.WaitAsync(cancellationToken);
        }
    }

    private async Task<RecordSet> ReadAsync(string snapshot, StarSet set)
    {
        try
        {
            await using var rows = await store.TableAsync(snapshot, set.Table, CancellationToken.None);
            return set.RowsOf(rows?.Of(set.Table.Columns) ?? []);
        }
        catch (InvalidDataException)
        {
            // Files of snapshots that another took the place of are kept for a week, then swept.
            if ((await store.PublishedAsync(CancellationToken.None)).Any(each => each.Id == snapshot && each.SupersededBy is null))
                throw;
            throw new ProblemException(new Problem(Problems.Gone, new(
                $"Snapshot {snapshot}, to which this link belongs, is no longer kept; begin again at the set's own address.",
                $"此链接所属的快照 {snapshot} 已不再保留；请从实体集地址重新开始。")), FeedQuery.Token);
        }
    }
}
