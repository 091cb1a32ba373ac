using FriendCity.Snapshots.Contracts;
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

    public static string HistoryPath(SnapshotTable table, DateOnly day) => $"history/{table.Name}/snapshot_date={Cells.Format(day)}/part-0.parquet";

    /// <summary>Whether copies are made of a file.</summary>
    public static bool Reads(TableFile file) => IsLatest(file) || file.Format == SnapshotFormat.Parquet && DailyFormats.Contains(file.Made);

    /// <param name="files">The snapshot's, as its manifest names them.</param>
    /// <param name="days">The days that this snapshot and those before it made anew, as far back as copies may be missing.</param>
    /// <param name="here">Files of the snapshot that are here already; the others are fetched.</param>
    /// <returns>False when a copy could not be made; the log says why.</returns>
    public async Task<bool> MakeAsync(string id, IReadOnlyList<SnapshotFile> files, IReadOnlySet<DateOnly> days, CancellationToken cancellationToken,
        Func<string, Stream?>? here = null)
    {
        try
        {
            // Where two contracts have the figures in one form, they are the first's.
            var there = files.ToDictionary(file => file.Name);
            var left = SnapshotMajors.Files.Where(each => IsLatest(each) && there.ContainsKey(each.Name)).DistinctBy(LatestPath)
                .ToDictionary(each => each.Name);
            var outdated = SnapshotMajors.Files.Where(IsLatest).Select(LatestPath).Except(left.Values.Select(LatestPath)).ToList();
            foreach (var table in DailyFormats.Tables)
                await using (var rows = await store.TableAsync(id, files, table, cancellationToken, here))
                {
                    foreach (var (name, content) in rows?.Files ?? [])
                        if (left.Remove(name, out var file))
                            await LatestAsync(file, content);
                    if (rows is not null)
                        await HistoryAsync(id, table, rows.Of(table.Columns), days, cancellationToken);
                }

            foreach (var file in left.Values)
                await using (var content = here?.Invoke(file.Name) ?? await store.FetchAsync(id, there[file.Name], cancellationToken))
                    await LatestAsync(file, content);
            // Who reads a file that is made no more gets an error, and not figures of an older day.
            foreach (var path in outdated)
                if (await store.IsCurrentAsync(id, cancellationToken))
                    await store.DeleteAsync(path, cancellationToken);
            foreach (var major in SnapshotMajors.All.Where(major => SnapshotMajors.Files.Any(each => each.Majors is [var only] && only == major
                && files.Any(file => file.Name == each.Name))))
            {
                await ContractAsync(id, major, SnapshotContract.SchemaFile, SnapshotFormat.Json, SnapshotContract.Schema(major), cancellationToken);
                await ContractAsync(id, major, SnapshotContract.DictionaryFile, SnapshotFormat.Csv, SnapshotContract.DictionaryCsv(major),
                    cancellationToken);
            }

            await CopyAsync(id, Done, SnapshotFormat.Json, "{}"u8.ToArray(), cancellationToken);
            return true;
        }
        catch (Exception fault) when (fault is StorageException or InvalidDataException)
        {
            log.LogError(fault, "Snapshot {Id} is published, but not all its copies are made; the next run makes them", id);
            return false;
        }

        Task LatestAsync(TableFile file, Stream content)
        {
            content.Position = 0;
            return store.CopyAsync(id, LatestPath(file), file.Format.ContentType, content, cancellationToken);
        }
    }

    /// <summary>The snapshot whose copies are all made, or null.</summary>
    public Task<string?> MadeForAsync(CancellationToken cancellationToken) => store.CopyOfAsync(Done, cancellationToken);

    /// <summary>The figures in the forms that a person opens.</summary>
    private static bool IsLatest(TableFile file) =>
        file.Made == KpiDaily.Table && file.Table != KpiDaily.Hashes && file.Format.Plain != SnapshotFormat.Json;

    private static string LatestPath(TableFile file) => $"latest/{file.Table.Name}.{file.Format.Name}";

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

    private async Task ContractAsync(string id, int major, string file, SnapshotFormat format, byte[] bytes, CancellationToken cancellationToken)
    {
        var path = $"contract/{major}/{file}";
        if (await store.BytesAsync(path, cancellationToken) is not { } there || !there.AsSpan().SequenceEqual(bytes))
            await CopyAsync(id, path, format, bytes, cancellationToken);
    }

    private async Task CopyAsync(string id, string path, SnapshotFormat format, byte[] bytes, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(bytes, writable: false);
        await store.CopyAsync(id, path, format.ContentType, content, cancellationToken);
    }
}
