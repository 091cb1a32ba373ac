using System.Collections.Concurrent;
using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Storage;
using FriendCity.Storage.Tables;

namespace FriendCity.Snapshots.Publishing;

/// <param name="Version">Null where the row does not tell.</param>
internal sealed record ScannedRow(string Type, string Partition, string Id, long? Version, DateTimeOffset ChangedAt);

/// <summary>What a scan of the tables found.</summary>
/// <param name="Rows">How many current rows there are.</param>
/// <param name="Strange">Rows whose version differs from the point-in-time read.</param>
/// <param name="Misplaced">Those in a wrong partition or under a wrong key.</param>
/// <param name="Gone">Records of the replica without a row.</param>
/// <param name="Lost">Records without a row of which only history tells: a hand deleted the row while this replica did not hold it.</param>
internal sealed record ScanResult(int Rows, IReadOnlyList<ScannedRow> Strange, IReadOnlyList<Quarantined> Misplaced,
    IReadOnlyList<Quarantined> Gone, IReadOnlyList<Quarantined> Lost, MissingHistory Missing);

/// <summary>
/// Reads of every current row its version and time, and of history which versions there are, straight from the tables: the replica is held
/// against it.
/// </summary>
/// <param name="historyAtOnce">Versions of a type that are looked at in one night.</param>
internal sealed class RegistryScan(ITableStorage tables, RecordTypes types, int historyAtOnce = HistoryCheck.MaxAtOnce)
{
    private static readonly string[] Columns = ["Version", "ChangedAt"];

    /// <summary>Rows are compared as they come, and those that agree are not kept.</summary>
    /// <param name="told">Records by type of which an earlier night told that a row of theirs is gone.</param>
    public async Task<ScanResult> CompareAsync(PointInTimeRead cut, ILookup<string, string> told, CancellationToken cancellationToken)
    {
        var day = DateOnly.FromDateTime(cut.Watermark.UtcDateTime).DayNumber;
        var (scanned, strange, misplaced) = (0, new ConcurrentBag<ScannedRow>(), new ConcurrentBag<Quarantined>());
        var (gone, lost, incomplete) = (new ConcurrentBag<Quarantined>(), new ConcurrentBag<Quarantined>(), 0);
        var missing = new ConcurrentBag<MissingVersions>();
        await Parallel.ForEachAsync(types.All, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken },
            async (type, token) =>
        {
            var (known, newest, found) = (cut.Registry.Of(type.Name), cut.Newest.Of(type.Name), 0);
            var rows = await RowScan.CurrentAsync(tables, type, Columns, there =>
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

            var history = await HistoryCheck.CompareAsync(tables, type, newest, told[type.Name], day, historyAtOnce, token);
            Interlocked.Add(ref incomplete, history.Incomplete);
            foreach (var record in history.Named)
                missing.Add(record);
            // A row that was found in a wrong place, or that nobody can read, is told as that.
            var seen = strange.Where(row => row.Type == type.Name).Select(row => row.Id)
                .Concat(misplaced.Where(row => row.Type == type.Name).Select(row => row.Id)).ToHashSet(StringComparer.Ordinal);
            foreach (var id in history.Unknown.Where(id => !seen.Contains(id)))
                if (RecordId.IsValid(id) && await tables.GetAsync(type.Table, RecordKeys.Partition(id), RecordKeys.Current(id), token) is null)
                    lost.Add(Quarantined.Missing(type.Name, id));
        });
        return new ScanResult(scanned, [.. strange], InOrder(misplaced), InOrder(gone), InOrder(lost), new MissingHistory(incomplete,
            [.. missing.OrderBy(each => each.Type, StringComparer.Ordinal).ThenBy(each => each.Id, StringComparer.Ordinal)]));
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

    private async Task<IReadOnlyList<string>> GoneAsync(RecordType type, RecordSet known, CancellationToken cancellationToken)
    {
        var there = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        await RowScan.CurrentAsync(tables, type, Columns, row =>
        {
            if (row.PartitionKey == RecordKeys.Partition(Of(type, row).Id))
                there[row.RowKey] = true;
        }, cancellationToken);
        return [.. known.All.Select(record => record.Id).Where(id => !there.GetValueOrDefault(RecordKeys.Current(id)))];
    }

    private static IReadOnlyList<Quarantined> InOrder(IEnumerable<Quarantined> rows) =>
        [.. rows.OrderBy(row => row.Type, StringComparer.Ordinal).ThenBy(row => row.Id, StringComparer.Ordinal)];

    private static ScannedRow Of(RecordType type, TableRow row) => new(
        type.Name, row.PartitionKey, row.RowKey[RecordKeys.CurrentFrom.Length..], row.Integer("Version"),
        row.Columns.GetValueOrDefault("ChangedAt") is DateTimeOffset at ? at : default);
}
