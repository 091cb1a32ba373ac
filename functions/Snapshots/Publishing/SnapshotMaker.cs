using System.Collections.Concurrent;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Pointers;
using FriendCity.Snapshots.Tables;

namespace FriendCity.Snapshots.Publishing;

/// <summary>Makes the files and the manifest of a snapshot. Nobody sees them until it is published.</summary>
internal sealed class SnapshotMaker(
    SnapshotStore store, ISnapshotSource source, SnapshotHistory history, SnapshotOptions options, ChangeFeed feed, OfficeCalendar calendar,
    KpiPresets presets)
{
    /// <summary>The files of a snapshot that is begun.</summary>
    public SnapshotFiles Begin(string id, DateOnly day) => new(store, id, day, options.Majors);

    /// <summary>What the current snapshot tells of rows that are gone; null where there is none.</summary>
    public async Task<SnapshotFindings?> ToldAsync(CurrentPointer current, CancellationToken cancellationToken) =>
        current.Manifest is { } path && await store.BytesAsync(path, cancellationToken) is { } manifest
            ? SnapshotManifest.FindingsOf(manifest) : null;

    /// <summary>Writes and checks all files, the manifest last; or tells why the cut has to be taken anew.</summary>
    /// <param name="told">As <see cref="ToldAsync"/> answers them.</param>
    /// <param name="gone">Rows that an earlier attempt found to be gone; those that come to light are added.</param>
    public async Task<(SnapshotManifest? Manifest, string? Discord)> MakeAsync(SnapshotJob job, string id, SnapshotFiles files,
        CurrentPointer current, SnapshotFindings? told, List<Quarantined> gone, CancellationToken cancellationToken)
    {
        var cut = await source.TakeAsync(cancellationToken);
        // Figures make much garbage: what the day left behind goes first, or the two together would be most of what a small plan has.
        SpareMemory.GiveBack();
        await using var days = await history.ReadAsync(current, calendar.Today, cancellationToken);
        var before = days.From is null && options.FiguresFrom is { } first ? Days.MonthEnds(first, job.Day).Prepend(first)
            : job.Once ? days.Missed(job.Day) : [];
        IReadOnlyList<DateOnly> made = [.. job.Days.Concat(before).Append(job.Day).Distinct().Order()];
        var (consistency, stored) = ((ConsistencyCheck?)null, new ConcurrentBag<StoredFile>());

        // While storage is busy with the scan we are with the figures. Those of the same kind come one after the other: they share what is
        // worked out.
        Func<CancellationToken, Task>[] work =
        [
            async token => consistency = await source.AgreeAsync(cut,
                [.. told?.First.Where(row => row.IsGone) ?? [], .. gone], told?.Missing.First ?? [], token),
            token =>
            {
                var last = new SnapshotDay(cut.Registry, job.Day, presets.All);
                return StoreAsync(SnapshotTables.OfFigures, table => DailyFormats.Contains(table)
                    ? Through(job, table, last, days, made, token) : Once(table.Rows(last)), token);
            },
            token => StoreAsync(SnapshotTables.All.Except(SnapshotTables.OfFigures),
                table => Once(table.Rows(new SnapshotDay(cut.Registry, job.Day, presets.All))),
                token),
        ];
        await SideBySideAsync(work.ToAsyncEnumerable(), (each, token) => each(token), cancellationToken);
        gone.AddRange(consistency!.Quarantined.Where(row => row.IsGone && !gone.Contains(row)));
        if (consistency.Discord is { } discord)
            return (null, discord);
        consistency = consistency with { Quarantined = [.. gone.Concat(consistency.Quarantined).Distinct()] };

        IReadOnlyList<StoredFile> all = [.. files.All.Select(file => stored.Single(each => each.Of == file))];
        IReadOnlyList<StoredFile> whole = [.. all.Where(each => each.Of.Format == SnapshotFormat.Parquet).DistinctBy(each => each.Of.Made)];
        var manifest = new SnapshotManifest(id, job, feed.Now, cut, consistency, options.AppVersion, days.From, made, days.Damaged, presets.All,
            files.Majors, all,
        [
            new("rows_scanned", consistency.Scanned),
            new("stored_bytes", all.Count),
            new("stored_rows", all.Sum(each => each.File.Rows)),
            new("unique_keys", whole.Sum(each => each.File.Rows)),
            new("kpi_values", whole.Sum(each => each.Figures)),
        ]);
        await store.WriteOnceAsync(SnapshotStore.PathOf(id, SnapshotManifest.FileName), SnapshotFormat.Json.ContentType, manifest.ToBytes(),
            cancellationToken);
        await files.CheckAsync(SnapshotManifest.FileName, SnapshotStore.Hash(manifest.ToBytes()), cancellationToken);
        return (manifest, null);

        // The next table is written while the last one's files travel: they wait on disk, and a wait for storage keeps nothing else back.
        Task StoreAsync(IEnumerable<SnapshotTable> tables, Func<SnapshotTable, IAsyncEnumerable<IEnumerable<object?[]?>>> rows,
            CancellationToken token) => SideBySideAsync(
            tables.ToAsyncEnumerable().SelectMany(table => files.WriteTempAsync(table, rows(table), token)),
            async (file, each) => stored.Add(await files.StoreAsync(file, each)), token);
    }

    /// <summary>However many there are: all but a few of them wait.</summary>
    private static Task SideBySideAsync<T>(IAsyncEnumerable<T> work, Func<T, CancellationToken, Task> run, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
        work, new ParallelOptions { MaxDegreeOfParallelism = int.MaxValue, CancellationToken = cancellationToken }, async (each, token) =>
            await run(each, token));

    /// <summary>A daily table with the days so far and those of <paramref name="days"/> made anew.</summary>
    private static IAsyncEnumerable<IEnumerable<object?[]?>> Through(SnapshotJob job, SnapshotTable table, SnapshotDay last, EarlierDays history,
        IReadOnlyList<DateOnly> days, CancellationToken cancellationToken)
    {
        var made = 0;
        return DailyFormats.Merge(history.Rows(table), days, async day =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            // The figures take the time; the other daily table follows from what they worked out.
            if (table == KpiDaily.Table)
                await job.Progress(made++, days.Count, cancellationToken);
            IReadOnlyList<object?[]?> rows = [.. table.Rows(day == last.Date ? last : last.On(day))];
            if (table == KpiDaily.Table && made == days.Count)
                await job.Progress(made, days.Count, cancellationToken);
            return rows;
        });
    }

    private static IAsyncEnumerable<IEnumerable<object?[]?>> Once(IEnumerable<object?[]?> rows) => new[] { rows }.ToAsyncEnumerable();
}
