using FriendCity.Records.Persistence;
using FriendCity.Storage;
using FriendCity.Storage.Tables;

namespace FriendCity.Records.Replication;

/// <summary>
/// Records as the registry held them at an instant of storage time: of each record the newest version written by then, or none where
/// there was none yet. Instants are good to the millisecond, as the wire shows them. Writes still under way at that instant may be
/// missing while it is less than <see cref="ChangeFeed.Horizon"/> ago; from then on the answer never changes.
/// Throws <see cref="StorageException"/> when storage cannot be asked.
/// </summary>
internal sealed class PastRecords(ITableStorage tables, RecordTypes types, Quarantine quarantine)
{
    /// <summary>From so many changed records of one type on, scanning the type's history is cheaper than reading record by record.</summary>
    private const int ScanInstead = 200;
    private const int Parallel = 16;

    /// <summary>What was is asked for again: by the next page of a list, the next figure of a report.</summary>
    private const int InstantsKept = 4;

    private readonly Lock _gate = new();
    private readonly List<Past> _kept = [];

    private sealed record Past(DateTimeOffset Before, Dictionary<string, Task<RecordSet>> Sets);

    /// <summary>All records; <paramref name="current"/> must be newer than the instant.</summary>
    public async Task<RegistrySnapshot> AtAsync(RegistrySnapshot current, DateTimeOffset knownAt, CancellationToken cancellationToken)
    {
        var sets = await Task.WhenAll(types.All.Select(
            async type => KeyValuePair.Create(type.Name, await AtAsync(type, current, knownAt, cancellationToken))));
        return current.Past(sets, knownAt);
    }

    /// <summary>The records of one type.</summary>
    public Task<RecordSet> AtAsync(RecordType type, RegistrySnapshot current, DateTimeOffset knownAt, CancellationToken cancellationToken)
    {
        var (set, before) = (current.Of(type.Name), Before(knownAt));
        if (current.AsOf - knownAt < ChangeFeed.Horizon)
            return ReadAsync(type, set, before, cancellationToken);
        lock (_gate)
        {
            var past = _kept.Find(each => each.Before == before) ?? new Past(before, []);
            _kept.Remove(past);
            _kept.Insert(0, past);
            if (_kept.Count > InstantsKept)
                _kept.RemoveAt(InstantsKept);
            // One caller's going away does not fail the others; what failed is tried anew.
            if (!past.Sets.TryGetValue(type.Name, out var known) || known.IsFaulted)
                past.Sets[type.Name] = known = Task.Run(() => ReadAsync(type, set, before, CancellationToken.None), CancellationToken.None);
            return known.WaitAsync(cancellationToken);
        }
    }

    /// <summary>One record, deleted or not; null when there was none yet.</summary>
    public async Task<Record?> AtAsync(RecordType type, Record current, DateTimeOffset knownAt, CancellationToken cancellationToken)
    {
        var before = Before(knownAt);
        if (current.ChangedAt < before)
            return current;
        return current.Version == 1 ? null : (await PickAsync(type, [current.Id], before, cancellationToken)).SingleOrDefault();
    }

    private async Task<RecordSet> ReadAsync(RecordType type, RecordSet current, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var (stayed, changed) = (new List<Record>(current.Count), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < current.Count; i++)
        {
            if (current[i].ChangedAt < before)
                stayed.Add(current[i]);
            else if (current[i].Version > 1)
                changed.Add(current[i].Id);
        }

        if (stayed.Count == current.Count)
            return current;
        stayed.AddRange(changed.Count > ScanInstead
            ? await ScanAsync(type, changed, before, cancellationToken) : await PickAsync(type, changed, before, cancellationToken));
        return type.EmptySet.With(stayed);
    }

    private async Task<IEnumerable<Record>> PickAsync(RecordType type, IReadOnlyCollection<string> ids, DateTimeOffset before,
        CancellationToken cancellationToken)
    {
        var found = new System.Collections.Concurrent.ConcurrentBag<Record>();
        await System.Threading.Tasks.Parallel.ForEachAsync(
            ids,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (id, token) =>
            {
                var range = TableRange.Rows(RecordKeys.Partition(id), RecordKeys.HistoryFrom(id), RecordKeys.HistoryBefore(id));
                foreach (var record in await NewestAsync(type, range, id.Equals, before, token))
                    found.Add(record);
            });
        return found;
    }

    private async Task<IEnumerable<Record>> ScanAsync(RecordType type, HashSet<string> ids, DateTimeOffset before,
        CancellationToken cancellationToken)
    {
        var parts = await Task.WhenAll(RecordKeys.Partitions.Select(partition =>
            NewestAsync(type, TableRange.Rows(partition, RecordKeys.HistoriesFrom, RecordKeys.HistoriesBefore), ids.Contains, before,
                cancellationToken)));
        return parts.SelectMany(part => part);
    }

    /// <summary>
    /// The newest by number among the versions written before the instant: a version's time may be earlier than its forerunner's, when two
    /// instances wrote one after the other.
    /// </summary>
    private async Task<IReadOnlyList<Record>> NewestAsync(RecordType type, TableRange range, Func<string, bool> wanted, DateTimeOffset before,
        CancellationToken cancellationToken)
    {
        var newest = new Dictionary<string, TableRow>(StringComparer.Ordinal);
        var (last, written) = ("", default(DateTimeOffset));
        await foreach (var page in tables.QueryAsync(type.Table, range, null, cancellationToken))
            foreach (var row in page)
            {
                // Rows come in the order of versions, by their keys: those are right whatever a cell says.
                if (RecordKeys.OfHistory(row.RowKey) is not var (id, _) || !wanted(id))
                    continue;
                // A version that does not tell its time was not written before its forerunner.
                written = row.Columns.GetValueOrDefault("ChangedAt") as DateTimeOffset? ?? (id == last ? written : default);
                last = id;
                if (written < before)
                    newest[id] = row;
            }

        // A version that cannot be read is not replaced by an older one, which did not hold any more: its record is left out of the past.
        return [.. newest.Values.Select(row => quarantine.Read(type.Table, row, each => RecordRows.Read(type, each))).OfType<Record>()];
    }

    private static DateTimeOffset Before(DateTimeOffset knownAt) =>
        new DateTimeOffset(knownAt.UtcTicks - (knownAt.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero).AddMilliseconds(1);
}
