using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats;
using FriendCity.Snapshots.Pointers;
using FriendCity.Snapshots.Tables;
using FriendCity.Storage;

namespace FriendCity.Snapshots.Publishing;

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

    /// <param name="days">The days that this snapshot and those before it made anew, as far back as copies may be missing.</param>
    /// <returns>False when a copy could not be made; the log says why.</returns>
    public async Task<bool> MakeAsync(string id, IReadOnlySet<DateOnly> days, CancellationToken cancellation)
    {
        try
        {
            foreach (var format in Latest)
                await using (var file = await store.SpoolAsync(id, KpiDaily.Table, format, cancellation))
                    if (file is not null)
                        await store.CopyAsync(id, $"latest/{format.FileOf(KpiDaily.Table)}", format.ContentType, file, cancellation);
            foreach (var table in Daily.Tables)
                await using (var file = await store.SpoolAsync(id, table, SnapshotFormat.Csv, cancellation))
                    if (file is not null)
                        await HistoryAsync(id, table, CsvTable.Rows(table, file), days, cancellation);
            await ContractAsync(id, SnapshotContract.SchemaFile, SnapshotFormat.Json, SnapshotContract.Schema(), cancellation);
            await ContractAsync(id, SnapshotContract.DictionaryFile, SnapshotFormat.Csv, SnapshotContract.DictionaryCsv(), cancellation);
            await CopyAsync(id, Done, SnapshotFormat.Json, "{}"u8.ToArray(), cancellation);
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

    /// <param name="rows">In the order of days.</param>
    private async Task HistoryAsync(string id, SnapshotTable table, IEnumerable<object?[]> rows, IReadOnlySet<DateOnly> days,
        CancellationToken cancellation)
    {
        var (there, last) = (new HashSet<string>(StringComparer.Ordinal), default(DateOnly));
        await foreach (var item in store.ListAsync($"history/{table.Name}/", cancellation))
            there.Add(item.Name);
        var part = new List<object?[]>();
        foreach (var row in rows.Append(null))
        {
            if (part.Count > 0 && (row is null || Daily.DayOf(row) != Daily.DayOf(part[0])))
            {
                var path = HistoryPath(table, Daily.DayOf(part[0]));
                if (days.Contains(Daily.DayOf(part[0])) || !there.Contains(path))
                    await CopyAsync(id, path, SnapshotFormat.Parquet, SnapshotFormat.Parquet.Bytes(table, part, id), cancellation);
                part.Clear();
            }

            if (row is not null)
            {
                part.Add(row);
                last = Daily.DayOf(row);
            }
        }

        // Days after the last one were made while a clock was wrong. What a later snapshot copied is not among them: it is not ours to judge.
        if (await store.IsCurrentAsync(id, cancellation))
            foreach (var path in there.Where(path => string.CompareOrdinal(path, HistoryPath(table, last)) > 0))
                await store.DeleteAsync(path, cancellation);
    }

    private async Task ContractAsync(string id, string file, SnapshotFormat format, byte[] bytes, CancellationToken cancellation)
    {
        var path = $"contract/{CurrentPointer.SchemaMajor}/{file}";
        if (await store.BytesAsync(path, cancellation) is not { } there || !there.AsSpan().SequenceEqual(bytes))
            await CopyAsync(id, path, format, bytes, cancellation);
    }

    private async Task CopyAsync(string id, string path, SnapshotFormat format, byte[] bytes, CancellationToken cancellation)
    {
        using var content = new MemoryStream(bytes, writable: false);
        await store.CopyAsync(id, path, format.ContentType, content, cancellation);
    }
}
