using System.Collections.Concurrent;
using FriendCity.Records.Persistence;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Pointers;
using FriendCity.Snapshots.Tables;
using FriendCity.Storage;
using FriendCity.Storage.Blobs;
using FriendCity.Storage.TemporaryFiles;

namespace FriendCity.Snapshots.Publishing;

/// <summary>The hands of a run.</summary>
/// <param name="Take">Takes the records to make it of.</param>
/// <param name="Agree">Holds them against the tables.</param>
/// <param name="StillGone">Of rows that were gone in an earlier snapshot those that still are.</param>
internal sealed record SnapshotParts(
    SnapshotStore Store, PointerKeeper Keeper, Func<CancellationToken, Task<PointInTimeRead>> Take,
    Func<PointInTimeRead, CancellationToken, Task<ConsistencyCheck>> Agree,
    Func<IReadOnlyList<Quarantined>, CancellationToken, Task<IReadOnlyList<Quarantined>>> StillGone,
    SnapshotHistory History, SnapshotCopies Copies, SnapshotFailures Evidence, SnapshotSweep Sweep, SnapshotOptions Options);

/// <summary>
/// Makes one snapshot: lease, cut, files, checks, manifest, swap of the pointer, copies, release. Everything before the swap is out of
/// sight and everything after it can be done again, so a run may break off anywhere.
/// </summary>
internal sealed class SnapshotRun(
    IBlobStorage blobs, SnapshotParts parts, ChangeFeed feed, OfficeCalendar calendar, TimeProvider time, string appVersion, ILogger<SnapshotRun> log)
{
    // Another run may be one by hand, of another day: who comes second waits for it, or the night's day would never be made.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private const int Timeout = 20;

    /// <summary>What a scan brings to light is in the next cut; a third one would not be better.</summary>
    private const int MaxReads = 2;

    private readonly SnapshotStore store = parts.Store;

    /// <summary>Storage is asked something, so that the calendar goes by its clock from here on.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => store.PrepareAsync(cancellationToken);

    /// <summary>A run that waits some minutes for another to end.</summary>
    /// <exception cref="InvalidDataException">A check failed; nothing was published, and the evidence is kept.</exception>
    public async Task<SnapshotOutcome> WaitAndRunAsync(SnapshotJob job, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await RunAsync(job, cancellationToken);
            if (outcome is not SnapshotOutcome.Busy || attempt == Timeout)
                return outcome;
            log.LogInformation("Another run is writing a snapshot; waiting for it ({Attempt} of {Patience})", attempt, Timeout);
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <exception cref="InvalidDataException">A check failed; nothing was published, and the evidence is kept.</exception>
    /// <exception cref="TempFileException">There was no room for temporary files; likewise.</exception>
    public async Task<SnapshotOutcome> RunAsync(SnapshotJob job, CancellationToken cancellationToken)
    {
        if (await store.PrepareAsync(cancellationToken) is { ETag: null, Fault: not null })
            await parts.Keeper.RepairAsync(null, cancellationToken);
        // Storage has answered by now, so the day is storage's.
        if (calendar.Today is var today && job.Day > today)
            return new SnapshotOutcome.Early(today);
        await using var lease = await BlobLease.AcquireAsync(blobs, store.Current, time, log, cancellationToken);
        if (lease is null)
            return new SnapshotOutcome.Busy();

        using var work = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
        try
        {
            return await RunAsync(job, lease.Id, work.Token);
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new SnapshotOutcome.Overtaken();
        }
    }

    private async Task<SnapshotOutcome> RunAsync(SnapshotJob job, string leaseId, CancellationToken cancellationToken)
    {
        if (await parts.Keeper.RepairAsync(leaseId, cancellationToken) is not { IsRead: true, Fault: null, ETag: { } etag, Pointer: var current })
            return new SnapshotOutcome.Overtaken();
        if (current.Answers(job, calendar) is { } done)
            return new SnapshotOutcome.Done(done);

        var gone = new List<Quarantined>(await GoneAsync(current, cancellationToken));
        for (var attempt = 1; ; attempt++)
            if (await RunAsync(job, current, gone, etag, leaseId, isLast: attempt == MaxReads, cancellationToken) is { } outcome)
                return outcome;
    }

    /// <summary>Rows that the current snapshot says are gone from their tables, and that nobody has put back.</summary>
    private async Task<IReadOnlyList<Quarantined>> GoneAsync(CurrentPointer current, CancellationToken cancellationToken) =>
        current.Manifest is { } path && await store.BytesAsync(path, cancellationToken) is { } manifest
            ? await parts.StillGone([.. SnapshotManifest.FindingsOf(manifest).First.Where(row => row.IsGone)], cancellationToken)
            : [];

    /// <summary>Null when the cut has to be taken anew; what was written so far is swept with other unreferenced files.</summary>
    /// <param name="gone">Rows that are known to be gone; those that come to light are added.</param>
    private async Task<SnapshotOutcome?> RunAsync(
        SnapshotJob job, CurrentPointer current, List<Quarantined> gone, string etag, string leaseId, bool isLast,
        CancellationToken cancellationToken)
    {
        var begun = feed.Now;
        var id = SnapshotId.New(job.Day, begun);
        try
        {
            var (manifest, discord) = await MakeAsync(job, id, current, gone, cancellationToken);
            return manifest is not null ? await PublishAsync(manifest, current, etag, leaseId, cancellationToken)
                : isLast ? throw new InvalidDataException(discord)
                : null;
        }
        catch (Exception fault) when (fault is InvalidDataException or TempFileException)
        {
            await parts.Evidence.KeepAsync(id, job.Day, begun, fault.Message, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Writes and checks all files, the manifest last; or tells why the cut has to be taken anew.</summary>
    private async Task<(SnapshotManifest? Manifest, string? Discord)> MakeAsync(
        SnapshotJob job, string id, CurrentPointer current, List<Quarantined> gone, CancellationToken cancellationToken)
    {
        var cut = await parts.Take(cancellationToken);
        await using var history = await parts.History.ReadAsync(current, calendar.Today, cancellationToken);
        IReadOnlyList<DateOnly> days = [.. job.Days.Concat(job.Once ? history.Missed(job.Day) : []).Append(job.Day).Distinct().Order()];
        var files = new SnapshotFiles(store, id, job.Day);
        var (consistency, stored) = ((ConsistencyCheck?)null, new ConcurrentBag<StoredFile>());

        // While storage is busy with the scan we are with the figures. Those of the same kind come one after the other: they share what is
        // worked out.
        Func<CancellationToken, Task>[] work =
        [
            async token => consistency = await parts.Agree(cut, token),
            token =>
            {
                var last = new SnapshotDay(cut.Registry, job.Day);
                return StoreAsync(SnapshotTables.OfFigures, table => DailyFormats.Contains(table)
                    ? Through(job, table, last, history, days, token) : Once(table.Rows(last)), token);
            },
            token => StoreAsync(SnapshotTables.All.Except(SnapshotTables.OfFigures),
                table => Once(table.Rows(new SnapshotDay(cut.Registry, job.Day))),
                token),
        ];
        await SideBySideAsync(work.ToAsyncEnumerable(), (each, token) => each(token), cancellationToken);
        gone.AddRange(consistency!.Quarantined.Where(row => row.IsGone && !gone.Contains(row)));
        if (consistency.Discord is { } discord)
            return (null, discord);
        consistency = consistency with { Quarantined = [.. gone.Concat(consistency.Quarantined).Distinct()] };

        IReadOnlyList<StoredFile> all = [.. from table in SnapshotTables.All from format in SnapshotFormat.All select stored.Single(
            each => each.File.Name == format.FileOf(table))];
        var manifest = new SnapshotManifest(id, job, feed.Now, cut, consistency, appVersion, history.From, days, history.Damaged, all,
        [
            new("rows_scanned", consistency.Scanned),
            new("stored_bytes", all.Count),
            new("stored_rows", all.Sum(each => each.File.Rows)),
            new("unique_keys", all.DistinctBy(each => each.Table).Sum(each => each.File.Rows)),
            new("kpi_values", all.DistinctBy(each => each.Table).Sum(each => each.Figures)),
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

    private async Task<SnapshotOutcome> PublishAsync(SnapshotManifest manifest, CurrentPointer current, string etag, string leaseId,
        CancellationToken cancellationToken)
    {
        var uncopied = await parts.History.UncopiedAsync(current, cancellationToken);

        // From here on nothing breaks the run off: whoever asked for it is told for certain whether it is published.
        cancellationToken.ThrowIfCancellationRequested();
        var next = current.Next(
            new PublishedSnapshot(manifest.Id, manifest.SnapshotDate, manifest.Provisional, feed.Now, manifest.Job.Operation),
            SnapshotTarget.Of(manifest.Id, manifest.ToBytes()), parts.Options);
        if (!await store.SwapAsync(manifest.Id, next, etag, leaseId, CancellationToken.None))
            return new SnapshotOutcome.Overtaken();

        // Copies are the current snapshot's. The days of one beside it are copied with the next, which goes on from it.
        var beside = next.Published[0] is var newest && newest.Id != manifest.Id ? newest : null;
        if (beside is null)
            await parts.Copies.MakeAsync(manifest.Id, uncopied.Concat(manifest.Days).ToHashSet(), CancellationToken.None);
        else
            log.LogInformation("Snapshot {Id} is published beside {Current}, which is of a newer day and stays the current one", manifest.Id,
                newest.Id);
        await SweepAsync();
        return new SnapshotOutcome.Published(manifest, beside);
    }

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

    private async Task SweepAsync()
    {
        try
        {
            await parts.Sweep.RunAsync(feed.Now, CancellationToken.None);
        }
        catch (StorageException fault)
        {
            log.LogWarning(fault, "Old files could not be swept; the next run does it");
        }
    }
}
