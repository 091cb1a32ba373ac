using System.Collections.Concurrent;
using FriendCity.Records;
using FriendCity.Storage;

namespace FriendCity.Snapshots;

/// <param name="Version">Null where the row does not tell.</param>
internal sealed record ScannedRow(string Type, string Partition, string Id, long? Version, DateTimeOffset ChangedAt);

/// <summary>Reads of every current row its version and time, straight from the tables: the replica is held against it.</summary>
internal sealed class RegistryScan(ITableStorage tables, RecordTypes types)
{
    private static readonly string[] Columns = ["Version", "ChangedAt"];

    /// <summary>
    /// How many rows each type has, and the rows that are strange to the cut: what they held at its instant, or hold since, is not what
    /// it knows. Rows are compared as they come, and those that agree are not kept.
    /// </summary>
    public async Task<(IReadOnlyDictionary<string, int> Counts, IReadOnlyList<ScannedRow> Strange)> CompareAsync(Cut cut, CancellationToken cancellation)
    {
        var (counts, strange) = (new ConcurrentDictionary<string, int>(StringComparer.Ordinal), new ConcurrentBag<ScannedRow>());
        await Parallel.ForEachAsync(types.All, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellation }, async (type, token) =>
        {
            var (known, newest) = (cut.View.Of(type.Name), cut.Newest.Of(type.Name));
            counts[type.Name] = await CurrentRows.ScanAsync(tables, type, Columns, there =>
            {
                var row = Of(type, there);
                if (row.ChangedAt <= cut.Watermark ? row.Version is null || known.Find(row.Id)?.Version != row.Version : !(newest.Find(row.Id)?.Version >= row.Version))
                    strange.Add(row);
            }, token);
        });
        return (counts, [.. strange]);
    }

    /// <summary>Of strange rows those of which <paramref name="view"/> holds no version as new: records that nobody pointed to, and rows that cannot be read.</summary>
    public async Task<(IReadOnlyList<(string Type, Record Record)> Unnamed, IReadOnlyList<Quarantined> Quarantined)> ReadAsync(
        IReadOnlyList<ScannedRow> strange, View view, CancellationToken cancellation)
    {
        var (unnamed, quarantined) = (new List<(string, Record)>(), new List<Quarantined>());
        foreach (var row in strange.Where(row => row.Partition != RecordKeys.Partition(row.Id) || row.Version is not { } version || (view.Of(row.Type).Find(row.Id)?.Version ?? 0) < version))
        {
            var type = types.Find(row.Type)!;
            try
            {
                if (await tables.GetAsync(type.Table, row.Partition, RecordKeys.Current(row.Id), cancellation) is { } stored)
                    unnamed.Add((type.Name, RecordRows.Read(type, stored)));
            }
            catch (Exception fault) when (fault is FormatException or ArgumentException)
            {
                quarantined.Add(new Quarantined(row.Type, row.Id, fault.Message));
            }
        }

        return (unnamed, quarantined);
    }

    private static ScannedRow Of(RecordType type, TableRow row) => new(
        type.Name, row.PartitionKey, row.RowKey[RecordKeys.CurrentFrom.Length..], row.Integer("Version"), row.Columns.GetValueOrDefault("ChangedAt") is DateTimeOffset at ? at : default);
}
