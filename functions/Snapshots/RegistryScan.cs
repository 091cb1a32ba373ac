using System.Collections.Concurrent;
using FriendCity.Records;
using FriendCity.Storage;

namespace FriendCity.Snapshots;

/// <param name="Version">Null where the row does not tell.</param>
internal sealed record ScannedRow(string Type, string Id, long? Version, DateTimeOffset ChangedAt);

/// <summary>Reads of every current row its version and time, straight from the tables: the replica is held against it.</summary>
internal sealed class RegistryScan(ITableStorage tables, RecordTypes types)
{
    private const string Current = "r:";

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
            counts[type.Name] = await ReadAsync(type, row =>
            {
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
        foreach (var row in strange.Where(row => row.Version is not { } version || (view.Of(row.Type).Find(row.Id)?.Version ?? 0) < version))
        {
            var type = types.Find(row.Type)!;
            try
            {
                if (await tables.GetAsync(type.Table, RecordKeys.Partition(row.Id), RecordKeys.Current(row.Id), cancellation) is { } stored)
                    unnamed.Add((type.Name, RecordRows.Read(type, stored)));
            }
            catch (Exception fault) when (fault is FormatException or ArgumentException)
            {
                quarantined.Add(new Quarantined(row.Type, row.Id, fault.Message));
            }
        }

        return (unnamed, quarantined);
    }

    // As when the replica loads: a small type fits one request, only a larger one is worth sixteen.
    private async Task<int> ReadAsync(RecordType type, Action<ScannedRow> see, CancellationToken cancellation)
    {
        var rows = new List<ScannedRow>();
        var pages = 0;
        await foreach (var page in tables.QueryAsync(type.Table, new TableRange(null, RecordKeys.CurrentFrom, RecordKeys.CurrentBefore), Columns, cancellation))
        {
            if (++pages > 1)
                return (await Task.WhenAll(RecordKeys.Partitions.Select(partition => ReadAsync(type, partition, see, cancellation)))).Sum();
            rows.AddRange(page.Select(row => Of(type, row)));
        }

        rows.ForEach(see);
        return rows.Count;
    }

    private async Task<int> ReadAsync(RecordType type, string partition, Action<ScannedRow> see, CancellationToken cancellation)
    {
        var rows = 0;
        await foreach (var page in tables.QueryAsync(type.Table, TableRange.Rows(partition, RecordKeys.CurrentFrom, RecordKeys.CurrentBefore), Columns, cancellation))
            foreach (var row in page)
            {
                see(Of(type, row));
                rows++;
            }

        return rows;
    }

    private static ScannedRow Of(RecordType type, TableRow row) => new(
        type.Name, row.RowKey[Current.Length..], row.Integer("Version"), row.Columns.GetValueOrDefault("ChangedAt") is DateTimeOffset at ? at : default);
}
