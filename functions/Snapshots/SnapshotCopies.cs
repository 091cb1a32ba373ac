using FriendCity.Storage;

namespace FriendCity.Snapshots;

/// <summary>
/// What is made after a snapshot is published, for readers who do not follow the pointer: the newest figures in <c>latest/</c>, a file a
/// day in <c>history/</c>, the contract. A copy that fails is made up for by the next run or by a verification.
/// </summary>
internal sealed class SnapshotCopies(SnapshotStore store, ILogger<SnapshotCopies> log)
{
    /// <summary>Written last: it names the snapshot whose copies are all made.</summary>
    private const string Done = "history/copied.json";

    private static readonly SnapshotFormat[] Latest = [SnapshotFormat.Parquet, SnapshotFormat.Csv];

    public static string HistoryPath(SnapshotTable table, DateOnly day) => $"history/{table.Name}/snapshot_date={Cells.Format(day)}/part-0.parquet";

    /// <param name="daily">The daily tables as the snapshot holds them.</param>
    /// <param name="days">The days that this snapshot and those before it made anew, as far back as copies may be missing.</param>
    /// <returns>False when a copy could not be made; the log says why.</returns>
    public async Task<bool> MakeAsync(string id, IReadOnlyList<TableData> daily, IReadOnlySet<DateOnly> days, CancellationToken cancellation)
    {
        try
        {
            foreach (var format in Latest)
            {
                var figures = daily.Single(data => data.Table == KpiDaily.Table);
                await store.CopyAsync(id, $"latest/{format.FileOf(figures.Table)}", format.ContentType, SnapshotFiles.Bytes(figures, format, id), cancellation);
            }

            foreach (var data in daily)
                await HistoryAsync(id, data, days, cancellation);
            await ContractAsync(id, SnapshotContract.SchemaFile, SnapshotFormat.Json, SnapshotContract.Schema(), cancellation);
            await ContractAsync(id, SnapshotContract.DictionaryFile, SnapshotFormat.Csv, SnapshotContract.DictionaryCsv(), cancellation);
            await store.CopyAsync(id, Done, SnapshotFormat.Json.ContentType, "{}"u8.ToArray(), cancellation);
            return true;
        }
        catch (Exception fault) when (fault is StorageException or InvalidDataException)
        {
            log.LogError(fault, "Snapshot {Id} is published, but not all its copies are made; the next run makes them", id);
            return false;
        }
    }

    /// <summary>The snapshot whose copies are all made, or null.</summary>
    public Task<string?> MadeForAsync(CancellationToken cancellation) => store.CopyOfAsync(Done, cancellation);

    private async Task HistoryAsync(string id, TableData data, IReadOnlySet<DateOnly> days, CancellationToken cancellation)
    {
        var there = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var item in store.ListAsync($"history/{data.Table.Name}/", cancellation))
            there.Add(item.Name);
        foreach (var day in data.Rows.GroupBy(Daily.DayOf))
        {
            var path = HistoryPath(data.Table, day.Key);
            if (days.Contains(day.Key) || !there.Contains(path))
                await store.CopyAsync(id, path, SnapshotFormat.Parquet.ContentType, SnapshotFiles.Bytes(data with { Rows = [.. day] }, SnapshotFormat.Parquet, id), cancellation);
        }
    }

    private async Task ContractAsync(string id, string file, SnapshotFormat format, byte[] bytes, CancellationToken cancellation)
    {
        var path = $"contract/{CurrentPointer.SchemaMajor}/{file}";
        if (await store.BytesAsync(path, cancellation) is not { } there || !there.AsSpan().SequenceEqual(bytes))
            await store.CopyAsync(id, path, format.ContentType, bytes, cancellation);
    }
}
