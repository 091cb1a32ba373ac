using System.Collections.Concurrent;
using FriendCity.Records.Persistence;
using FriendCity.Storage.Tables;

namespace FriendCity.Records.Replication;

/// <summary>Reads records from the tables into views: all of them at the start, later those that entries name.</summary>
internal sealed class ReplicaLoader(ITableStorage tables, ChangeFeed feed, RecordTypes types, Quarantine quarantine, ILogger<ReplicaLoader> log)
{
    /// <summary>From so many missing records of one type on, scanning the type may be cheaper than reading row by row.</summary>
    private const int ScanInstead = 200;

    /// <summary>A scan reads so many rows in the time of one read by key.</summary>
    private const int RowsPerRead = 20;
    private const int Parallel = 16;

    /// <summary>Makes the tables where they are missing and reads every current row.</summary>
    public async Task<RegistrySnapshot> LoadAsync(CancellationToken cancellationToken)
    {
        await System.Threading.Tasks.Parallel.ForEachAsync(
            [ChangeFeed.Table, .. types.All.Select(type => type.Table)],
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (table, token) => await tables.EnsureTableAsync(table, token));

        // The first window starts before the scan, so a write under way during the scan is entered again by the next poll.
        var asOf = feed.Now;
        var sets = new ConcurrentDictionary<string, List<Record>>();
        await System.Threading.Tasks.Parallel.ForEachAsync(
            types.All,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (type, token) => sets[type.Name] = await ScanAsync(type, token));
        return RegistrySnapshot.Empty(types).With(sets, asOf);
    }

    /// <summary>
    /// The records whose named version <paramref name="registry"/> does not hold; an entry whose write has not landed yields nothing.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, List<Record>>> FetchAsync(IEnumerable<ChangeRow> window, RegistrySnapshot registry,
        CancellationToken cancellationToken)
    {
        var unsettled = new List<(ChangeRow Row, List<ChangeEntry> Missing)>();
        foreach (var row in window.Where(row => !row.Settled))
        {
            var missing = row.Targets.Where(target => types.Find(target.Type) is not null
                && (registry.Of(target.Type).Find(target.Id)?.Version ?? 0) < target.Version).ToList();
            if (missing.Count == 0)
                row.Settled = true;
            else
                unsettled.Add((row, missing));
        }

        var (changes, alone) = (new ConcurrentDictionary<string, ConcurrentBag<Record>>(), new ConcurrentBag<ChangeEntry>());
        await System.Threading.Tasks.Parallel.ForEachAsync(
            unsettled,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (each, token) =>
            {
                var records = each.Missing.Count > 1 ? await UnpackAsync(each.Row, token) : null;
                Add(each.Missing[0].Type, records ?? []);
                // What the entry carries of a record may be spoiled where its row is not.
                if (records is null or { Count: > 0 })
                    foreach (var target in each.Missing.Where(target => records?.Exists(record => record.Id == target.Id) != true))
                        alone.Add(target);
            });
        foreach (var group in alone.GroupBy(entry => entry.Type, entry => entry.Id))
        {
            var (type, ids) = (types.Find(group.Key)!, group.Distinct().ToList());
            Add(type.Name, ids.Count > ScanInstead && ids.Count * RowsPerRead > registry.Of(type.Name).Count
                ? await ScanAsync(type, cancellationToken) : await PickAsync(type, ids, cancellationToken));
        }

        return changes.ToDictionary(type => type.Key, type => type.Value.ToList());

        void Add(string type, List<Record> records)
        {
            var bag = changes.GetOrAdd(type, _ => []);
            foreach (var record in records)
                bag.Add(record);
        }
    }

    /// <summary>
    /// The rows that an entry carries, once their transaction is committed. It is all or nothing, so one history row with the entry's operation
    /// id proves the rest. Empty while it is not committed; null when the entry carries nothing that can be read.
    /// </summary>
    private async Task<List<Record>?> UnpackAsync(ChangeRow changeRow, CancellationToken cancellationToken)
    {
        var first = changeRow.Targets[0];
        var type = types.Find(first.Type)!;
        var carried = feed.RowsAsync(changeRow, cancellationToken);
        var landed = tables.GetAsync(type.Table, RecordKeys.Partition(first.Id), RecordKeys.History(first.Id, first.Version), cancellationToken);
        await Task.WhenAll(carried, landed);
        if (await carried is not var (operation, rows))
            return null;
        if ((await landed)?.Text("OperationId") != operation)
            return [];
        var records = rows.Select(row => Carried(type, row)).OfType<Record>()
            .Where(record => changeRow.Targets.Contains(new(type.Name, record.Id, record.Version))).ToList();
        return records.Count == 0 ? null : records;
    }

    private async Task<List<Record>> PickAsync(RecordType type, List<string> ids, CancellationToken cancellationToken)
    {
        var found = new ConcurrentBag<Record>();
        await System.Threading.Tasks.Parallel.ForEachAsync(
            ids,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken },
            async (id, token) =>
            {
                if (await tables.GetAsync(type.Table, RecordKeys.Partition(id), RecordKeys.Current(id), token) is { } row
                    && Read(type, row) is { } record)
                    found.Add(record);
            });
        return [.. found];
    }

    private async Task<List<Record>> ScanAsync(RecordType type, CancellationToken cancellationToken)
    {
        var records = new ConcurrentBag<Record>();
        await RowScan.CurrentAsync(tables, type, null, row =>
        {
            if (Read(type, row) is { } record)
                records.Add(record);
        }, cancellationToken);
        return [.. records];
    }

    /// <summary>A row that cannot be read must not take the registry down: it is left out and named.</summary>
    private Record? Read(RecordType type, TableRow row) => quarantine.Read(type.Table, row, each => RecordRows.Read(type, each));

    private Record? Carried(RecordType type, TableRow row)
    {
        try
        {
            return RecordRows.Read(type, row);
        }
        catch (FormatException fault)
        {
            log.LogError(fault, "An entry carries a row that cannot be read; the record's own row is read instead");
            return null;
        }
    }
}
