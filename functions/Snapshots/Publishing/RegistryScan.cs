using System.Collections.Concurrent;
using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Storage;
using FriendCity.Storage.Tables;

namespace FriendCity.Snapshots.Publishing;

/// <param name="Version">Null where the row does not tell.</param>
internal sealed record ScannedRow(string Type, string Partition, string Id, long? Version, DateTimeOffset ChangedAt);

/// <summary>Reads of every current row its version and time, straight from the tables: the replica is held against it.</summary>
internal sealed class RegistryScan(ITableStorage tables, RecordTypes types)
{
    private static readonly string[] Columns = ["Version", "ChangedAt"];

    /// <summary>
    /// The number of rows, the rows whose version differs from the point-in-time read, those in a wrong partition or under a wrong key, and
    /// records without a row. Rows are compared as they come, and those that agree are not kept.
    /// </summary>
    public async Task<(int Scanned, IReadOnlyList<ScannedRow> Strange, IReadOnlyList<Quarantined> Misplaced,
        IReadOnlyList<Quarantined> Gone)> CompareAsync(
        PointInTimeRead cut, CancellationToken cancellationToken)
    {
        var (scanned, strange, misplaced, gone) = (0, new ConcurrentBag<ScannedRow>(), new ConcurrentBag<Quarantined>(),
            new ConcurrentBag<Quarantined>());
        await Parallel.ForEachAsync(types.All, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken },
            async (type, token) =>
        {
            var (known, newest, found) = (cut.Registry.Of(type.Name), cut.Newest.Of(type.Name), 0);
            var rows = await CurrentRows.ScanAsync(tables, type, Columns, there =>
            {
                var row = Of(type, there);
                if (there.PartitionKey != RecordKeys.Partition(row.Id))
                {
                    misplaced.Add(new Quarantined(type.Name, row.Id,
                        $"A row of it stands in partition {there.PartitionKey}, where it does not belong."));
                    return;
                }

                var held = known.Find(row.Id);
                if (held is not null)
                    Interlocked.Increment(ref found);
                if (row.ChangedAt <= cut.Watermark
                    ? row.Version is null || held?.Version != row.Version : !(newest.Find(row.Id)?.Version >= row.Version))
                    strange.Add(row);
            }, token);
            Interlocked.Add(ref scanned, rows);
            // Which ones they are is asked only where some are missing.
            if (found < known.Count)
                foreach (var id in await GoneAsync(type, known, token))
                    gone.Add(Quarantined.Missing(type.Name, id));
        });
        return (scanned, [.. strange], InOrder(misplaced), InOrder(gone));
    }

    /// <summary>
    /// Of strange rows those of which <paramref name="registry"/> holds no version as new: records that nobody pointed to, and rows that cannot be
    /// read.
    /// </summary>
    public async Task<(IReadOnlyList<(string Type, Record Record)> Unnamed, IReadOnlyList<Quarantined> Quarantined)> ReadAsync(
        IReadOnlyList<ScannedRow> strange, RegistrySnapshot registry, CancellationToken cancellationToken)
    {
        var (unnamed, quarantined) = (new List<(string, Record)>(), new List<Quarantined>());
        foreach (var row in strange.Where(row => row.Partition != RecordKeys.Partition(row.Id) || row.Version is not { } version
            || (registry.Of(row.Type).Find(row.Id)?.Version ?? 0) < version))
        {
            var type = types.Find(row.Type)!;
            try
            {
                if (await tables.GetAsync(type.Table, row.Partition, RecordKeys.Current(row.Id), cancellationToken) is { } stored)
                    unnamed.Add((type.Name, RecordRows.Read(type, stored)));
            }
            catch (Exception fault) when (fault is not (StorageException or OperationCanceledException or OutOfMemoryException))
            {
                quarantined.Add(new Quarantined(row.Type, row.Id, fault.Message));
            }
        }

        return (unnamed, quarantined);
    }

    /// <summary>Of rows that were gone those that still are, while history tells that there was such a record.</summary>
    public async Task<IReadOnlyList<Quarantined>> StillGoneAsync(IReadOnlyList<Quarantined> gone, CancellationToken cancellationToken)
    {
        var still = new List<Quarantined>();
        foreach (var row in gone)
            if (types.Find(row.Type) is { } type && RecordId.IsValid(row.Id)
                && await tables.GetAsync(type.Table, RecordKeys.Partition(row.Id), RecordKeys.Current(row.Id), cancellationToken) is null
                && await HasHistoryAsync(type, row.Id, cancellationToken))
                still.Add(row);
        return still;
    }

    private async Task<IReadOnlyList<string>> GoneAsync(RecordType type, RecordSet known, CancellationToken cancellationToken)
    {
        var there = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        await CurrentRows.ScanAsync(tables, type, Columns, row =>
        {
            if (row.PartitionKey == RecordKeys.Partition(Of(type, row).Id))
                there[row.RowKey] = true;
        }, cancellationToken);
        return [.. Enumerable.Range(0, known.Count).Select(i => known[i].Id).Where(id => !there.GetValueOrDefault(RecordKeys.Current(id)))];
    }

    private async Task<bool> HasHistoryAsync(RecordType type, string id, CancellationToken cancellationToken)
    {
        var range = TableRange.Rows(RecordKeys.Partition(id), RecordKeys.HistoryFrom(id), RecordKeys.HistoryBefore(id));
        await foreach (var page in tables.QueryAsync(type.Table, range, Columns, cancellationToken))
            if (page.Count > 0)
                return true;
        return false;
    }

    private static IReadOnlyList<Quarantined> InOrder(IEnumerable<Quarantined> rows) =>
        [.. rows.OrderBy(row => row.Type, StringComparer.Ordinal).ThenBy(row => row.Id, StringComparer.Ordinal)];

    private static ScannedRow Of(RecordType type, TableRow row) => new(
        type.Name, row.PartitionKey, row.RowKey[RecordKeys.CurrentFrom.Length..], row.Integer("Version"),
        row.Columns.GetValueOrDefault("ChangedAt") is DateTimeOffset at ? at : default);
}
