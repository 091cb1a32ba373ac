using FriendCity.Http.Errors;
using FriendCity.PowerBi.OData.Query;
using FriendCity.Records;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats;
using FriendCity.Snapshots.Publishing;

namespace FriendCity.PowerBi.OData.Star;

/// <summary>
/// Tables of published snapshots, brought here as files when first asked for and then held: of each table those of the two snapshots asked for
/// last, the current one and the one before it, whose pages may still be followed. A file's hash is checked when it comes; it never changes after.
/// </summary>
internal sealed class StarTables(SnapshotStore store) : IDisposable
{
    private const int SnapshotsHeld = 2;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, LruCache<string, Held>> _tables = [];

    /// <summary>The id of the current snapshot.</summary>
    /// <exception cref="ProblemException">There is none yet: an empty table would say that there is nothing to count.</exception>
    public async Task<string> CurrentAsync(CancellationToken cancellationToken) => await store.PublishedAsync(cancellationToken) is [var current, ..]
        ? current.Id
        : throw new ProblemException(new Problem(Problems.NotFound, new(
            "There is no snapshot yet, and this set is a table of it. The nightly run makes one, and POST /api/v1/snapshots does.",
            "尚无快照，而此实体集是快照中的表。每晚的任务会生成快照，也可用 POST /api/v1/snapshots 生成。")));

    /// <summary>The rows of a set in a snapshot. Until the caller disposes them their files are there.</summary>
    /// <param name="cancellationToken">Ends the wait, and later the reading of rows.</param>
    /// <exception cref="ProblemException">The snapshot is no longer kept.</exception>
    /// <exception cref="InvalidDataException">A file of a published snapshot is missing or damaged.</exception>
    public async Task<StarSource> OpenAsync(string snapshot, StarSet set, CancellationToken cancellationToken)
    {
        var held = Enter(snapshot, set.Table);
        try
        {
            return new(set, await held.Table.WaitAsync(cancellationToken), held.Leave, cancellationToken);
        }
        catch
        {
            held.Leave();
            throw;
        }
    }

    /// <summary>Gives the files back; whoever still reads keeps his to the end.</summary>
    public void Dispose()
    {
        lock (_gate)
            foreach (var snapshots in _tables.Values)
                snapshots.Clear();
    }

    private Held Enter(string snapshot, SnapshotTable table)
    {
        lock (_gate)
        {
            if (!_tables.TryGetValue(table.Name, out var snapshots))
                _tables.Add(table.Name, snapshots = new(SnapshotsHeld, held => held.Leave()));
            if (!snapshots.TryGet(snapshot, out var held) || held.Table.IsFaulted)
                // Others may wait for it too, so nobody's leaving ends it.
                snapshots.Set(snapshot, held = new(Task.Run(() => ReadAsync(snapshot, table), CancellationToken.None)));
            held.Enter();
            return held;
        }
    }

    private async Task<StarTable> ReadAsync(string snapshot, SnapshotTable table)
    {
        try
        {
            var files = await store.TableAsync(snapshot, table, CancellationToken.None) ?? new TableRows(table, []);
            try
            {
                return new StarTable(files);
            }
            catch
            {
                await files.DisposeAsync();
                throw;
            }
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

    /// <summary>A table and how many need its files: this cache is one of them, and so is each request that reads.</summary>
    private sealed class Held(Task<StarTable> table)
    {
        private int _users = 1;

        public Task<StarTable> Table => table;

        public void Enter() => Interlocked.Increment(ref _users);

        public void Leave()
        {
            if (Interlocked.Decrement(ref _users) == 0)
                _ = table.ContinueWith(brought => brought.Result.DeleteAsync().AsTask(), CancellationToken.None,
                    TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
