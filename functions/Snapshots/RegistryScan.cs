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

    public async Task<IReadOnlyList<ScannedRow>> ReadAsync(CancellationToken cancellation)
    {
        var rows = new ConcurrentBag<List<ScannedRow>>();
        await Parallel.ForEachAsync(types.All, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellation }, async (type, token) => rows.Add(await ReadAsync(type, token)));
        return [.. rows.SelectMany(part => part)];
    }

    /// <summary>The rows of which <paramref name="view"/> holds no version as new: records that nobody pointed to, and rows that cannot be read.</summary>
    public async Task<(IReadOnlyList<(string Type, Record Record)> Unnamed, IReadOnlyList<Quarantined> Quarantined)> CompareAsync(
        IReadOnlyList<ScannedRow> rows, View view, CancellationToken cancellation)
    {
        var (unnamed, quarantined) = (new List<(string, Record)>(), new List<Quarantined>());
        foreach (var row in rows.Where(row => row.Version is not { } version || (view.Of(row.Type).Find(row.Id)?.Version ?? 0) < version))
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
    private async Task<List<ScannedRow>> ReadAsync(RecordType type, CancellationToken cancellation)
    {
        var rows = new List<ScannedRow>();
        var pages = 0;
        await foreach (var page in tables.QueryAsync(type.Table, new TableRange(null, RecordKeys.CurrentFrom, RecordKeys.CurrentBefore), Columns, cancellation))
        {
            if (++pages > 1)
                return await ReadPartitionsAsync(type, cancellation);
            rows.AddRange(page.Select(row => Of(type, row)));
        }

        return rows;
    }

    private async Task<List<ScannedRow>> ReadPartitionsAsync(RecordType type, CancellationToken cancellation)
    {
        var parts = await Task.WhenAll(RecordKeys.Partitions.Select(async partition =>
        {
            var rows = new List<ScannedRow>();
            await foreach (var page in tables.QueryAsync(type.Table, TableRange.Rows(partition, RecordKeys.CurrentFrom, RecordKeys.CurrentBefore), Columns, cancellation))
                rows.AddRange(page.Select(row => Of(type, row)));
            return rows;
        }));
        return [.. parts.SelectMany(part => part)];
    }

    private static ScannedRow Of(RecordType type, TableRow row) => new(
        type.Name, row.RowKey[Current.Length..], row.Integer("Version"), row.Columns.GetValueOrDefault("ChangedAt") is DateTimeOffset at ? at : default);
}
