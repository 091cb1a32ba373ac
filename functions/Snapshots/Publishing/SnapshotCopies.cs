using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats.Parquet;
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

    /// <summary>The forms of a table that copies are made of.</summary>
    public static bool Reads(SnapshotTable table, SnapshotFormat format) => table == KpiDaily.Table && Latest.Contains(format)
        || format == SnapshotFormat.Parquet && DailyFormats.Contains(table);

    /// <param name="days">The days that this snapshot and those before it made anew, as far back as copies may be missing.</param>
    /// <param name="here">Files of the snapshot that are here already; the others are fetched.</param>
    /// <returns>False when a copy could not be made; the log says why.</returns>
    public async Task<bool> MakeAsync(string id, IReadOnlySet<DateOnly> days, CancellationToken cancellationToken,
        Func<SnapshotTable, SnapshotFormat, Stream?>? here = null)
    {
        try
        {
            foreach (var (table, format) in SnapshotTables.All.SelectMany(_ => SnapshotFormat.All, ValueTuple.Create)
                .Where(each => Reads(each.Item1, each.Item2)))
                await using (var file = here?.Invoke(table, format) ?? await store.WriteTempAsync(id, table, format, cancellationToken))
                {
                    if (file is null)
                        continue;
                    if (table == KpiDaily.Table)
                        await store.CopyAsync(id, $"latest/{format.FileOf(table)}", format.ContentType, file, cancellationToken);
                    if (format == SnapshotFormat.Parquet)
                        await HistoryAsync(id, table, ParquetRows.Of(table.Columns, file), days, cancellationToken);
                }

            await ContractAsync(id, SnapshotContract.SchemaFile, SnapshotFormat.Json, SnapshotContract.Schema(), cancellationToken);
            await ContractAsync(id, SnapshotContract.DictionaryFile, SnapshotFormat.Csv, SnapshotContract.DictionaryCsv(), cancellationToken);
            await CopyAsync(id, Done, SnapshotFormat.Json, "{}"u8.ToArray(), cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is StorageException or InvalidDataException)
        {
            log.LogError(fault, "Snapshot {Id} is published, but not all its copies are made; the next run makes them", id);
            return false;
        }
    }

    /// <summary>The snapshot whose copies are all made, or null.</summary>
    public Task<string?> MadeForAsync(CancellationToken cancellationToken) => store.CopyOfAsync(Done, cancellationToken);

    /// <param name="rows">In the order of days.</param>
    private async Task HistoryAsync(string id, SnapshotTable table, IEnumerable<object?[]> rows, IReadOnlySet<DateOnly> days,
        CancellationToken cancellationToken)
    {
        var (there, last) = (new HashSet<string>(StringComparer.Ordinal), default(DateOnly));
        await foreach (var item in store.ListAsync($"history/{table.Name}/", cancellationToken))
            there.Add(item.Name);
        var part = new List<object?[]>();
        foreach (var row in rows.Append(null))
        {
            if (part.Count > 0 && (row is null || DailyFormats.DayOf(row) != DailyFormats.DayOf(part[0])))
            {
                var path = HistoryPath(table, DailyFormats.DayOf(part[0]));
                if (days.Contains(DailyFormats.DayOf(part[0])) || !there.Contains(path))
                    await CopyAsync(id, path, SnapshotFormat.Parquet, SnapshotFormat.Parquet.Bytes(table, part, id), cancellationToken);
                part.Clear();
            }

            if (row is not null)
            {
                part.Add(row);
                last = DailyFormats.DayOf(row);
            }
        }

        // Days after the last one were made while a clock was wrong. What a later snapshot copied is not among them: it is not ours to judge.
        if (await store.IsCurrentAsync(id, cancellationToken))
            foreach (var path in there.Where(path => string.CompareOrdinal(path, HistoryPath(table, last)) > 0))
                await store.DeleteAsync(path, cancellationToken);
    }

    private async Task ContractAsync(string id, string file, SnapshotFormat format, byte[] bytes, CancellationToken cancellationToken)
    {
        var path = $"contract/{CurrentPointer.SchemaMajor}/{file}";
        if (await store.BytesAsync(path, cancellationToken) is not { } there || !there.AsSpan().SequenceEqual(bytes))
            await CopyAsync(id, path, format, bytes, cancellationToken);
    }

    private async Task CopyAsync(string id, string path, SnapshotFormat format, byte[] bytes, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(bytes, writable: false);
        await store.CopyAsync(id, path, format.ContentType, content, cancellationToken);
    }
}
