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
    Func<PointInTimeRead, CancellationToken, Task<Agreement>> Agree,
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
    private const int Patience = 20;

    /// <summary>What a scan brings to light is in the next cut; a third one would not be better.</summary>
    private const int MostCuts = 2;

    private readonly SnapshotStore store = parts.Store;

    /// <summary>Storage is asked something, so that the calendar goes by its clock from here on.</summary>
    public Task PrepareAsync(CancellationToken cancellation) => store.PrepareAsync(cancellation);

    /// <summary>A run that waits some minutes for another to end.</summary>
    /// <exception cref="InvalidDataException">A check failed; nothing was published, and the evidence is kept.</exception>
    public async Task<SnapshotOutcome> WaitAndRunAsync(SnapshotOrder order, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await RunAsync(order, cancellation);
            if (outcome is not SnapshotOutcome.Busy || attempt == Patience)
                return outcome;
            log.LogInformation("Another run is writing a snapshot; waiting for it ({Attempt} of {Patience})", attempt, Patience);
            await Task.Delay(Pause, time, cancellation);
        }
    }

    /// <exception cref="InvalidDataException">A check failed; nothing was published, and the evidence is kept.</exception>
    /// <exception cref="TempFileException">There was no room for temporary files; likewise.</exception>
    public async Task<SnapshotOutcome> RunAsync(SnapshotOrder order, CancellationToken cancellation)
    {
        if (await store.PrepareAsync(cancellation) is { ETag: null, Fault: not null })
            await parts.Keeper.RepairAsync(null, cancellation);
        // Storage has answered by now, so the day is storage's.
        if (calendar.Today is var today && order.Day > today)
            return new SnapshotOutcome.Early(today);
        await using var lease = await BlobLease.AcquireAsync(blobs, store.Current, time, log, cancellation);
        if (lease is null)
            return new SnapshotOutcome.Busy();

        using var work = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Lost);
        try
        {
            return await RunAsync(order, lease.Id, work.Token);
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new SnapshotOutcome.Overtaken();
        }
    }

    private async Task<SnapshotOutcome> RunAsync(SnapshotOrder order, string leaseId, CancellationToken cancellation)
    {
        if (await parts.Keeper.RepairAsync(leaseId, cancellation) is not { IsRead: true, Fault: null, ETag: { } etag, Pointer: var current })
            return new SnapshotOutcome.Overtaken();
        if (current.Answers(order, calendar) is { } done)
            return new SnapshotOutcome.Done(done);

        var gone = new List<Quarantined>(await GoneAsync(current, cancellation));
        for (var attempt = 1; ; attempt++)
            if (await RunAsync(order, current, gone, etag, leaseId, isLast: attempt == MostCuts, cancellation) is { } outcome)
                return outcome;
    }

    /// <summary>Rows that the current snapshot says are gone from their tables, and that nobody has put back.</summary>
    private async Task<IReadOnlyList<Quarantined>> GoneAsync(CurrentPointer current, CancellationToken cancellation) =>
        current.Manifest is { } path && await store.BytesAsync(path, cancellation) is { } manifest
            ? await parts.StillGone([.. SnapshotManifest.FindingsOf(manifest).First.Where(row => row.IsGone)], cancellation)
            : [];

    /// <summary>Null when the cut has to be taken anew; what was written so far is swept with other unreferenced files.</summary>
    /// <param name="gone">Rows that are known to be gone; those that come to light are added.</param>
    private async Task<SnapshotOutcome?> RunAsync(
        SnapshotOrder order, CurrentPointer current, List<Quarantined> gone, string etag, string leaseId, bool isLast, CancellationToken cancellation)
    {
        var begun = feed.Now;
        var id = SnapshotId.New(order.Day, begun);
        try
        {
            var (manifest, discord) = await MakeAsync(order, id, current, gone, cancellation);
            return manifest is not null ? await PublishAsync(manifest, current, etag, leaseId, cancellation)
                : isLast ? throw new InvalidDataException(discord)
                : null;
        }
        catch (Exception fault) when (fault is InvalidDataException or TempFileException)
        {
            await parts.Evidence.KeepAsync(id, order.Day, begun, fault.Message, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Writes and checks all files, the manifest last; or tells why the cut has to be taken anew.</summary>
    private async Task<(SnapshotManifest? Manifest, string? Discord)> MakeAsync(
        SnapshotOrder order, string id, CurrentPointer current, List<Quarantined> gone, CancellationToken cancellation)
    {
        var cut = await parts.Take(cancellation);
        await using var history = await parts.History.ReadAsync(current, calendar.Today, cancellation);
        IReadOnlyList<DateOnly> days = [.. order.Days.Concat(order.Once ? history.Missed(order.Day) : []).Append(order.Day).Distinct().Order()];
        var files = new SnapshotFiles(store, id, order.Day);
        var (agreement, stored) = ((Agreement?)null, new ConcurrentBag<StoredFile>());

        // While storage is busy with the scan we are with the figures. Those of the same kind come one after the other: they share what is
        // worked out.
        Func<CancellationToken, Task>[] work =
        [
            async token => agreement = await parts.Agree(cut, token),
            token =>
            {
                var last = new SnapshotDay(cut.View, order.Day);
                return StoreAsync(SnapshotTables.OfFigures, table => Daily.Contains(table)
                    ? Through(order, table, last, history, days, token) : Once(table.Rows(last)), token);
            },
            token => StoreAsync(SnapshotTables.All.Except(SnapshotTables.OfFigures), table => Once(table.Rows(new SnapshotDay(cut.View, order.Day))),
                token),
        ];
        await SideBySideAsync(work.ToAsyncEnumerable(), (each, token) => each(token), cancellation);
        gone.AddRange(agreement!.Quarantined.Where(row => row.IsGone && !gone.Contains(row)));
        if (agreement.Discord is { } discord)
            return (null, discord);
        agreement = agreement with { Quarantined = [.. gone.Concat(agreement.Quarantined).Distinct()] };

        IReadOnlyList<StoredFile> all = [.. from table in SnapshotTables.All from format in SnapshotFormat.All select stored.Single(
            each => each.File.Name == format.FileOf(table))];
        var manifest = new SnapshotManifest(id, order, feed.Now, cut, agreement, appVersion, history.From, days, history.Damaged, all,
        [
            new("rows_scanned", agreement.Scanned),
            new("stored_bytes", all.Count),
            new("stored_rows", all.Sum(each => each.File.Rows)),
            new("unique_keys", all.DistinctBy(each => each.Table).Sum(each => each.File.Rows)),
            new("kpi_values", all.DistinctBy(each => each.Table).Sum(each => each.Figures)),
        ]);
        await store.WriteOnceAsync(SnapshotStore.PathOf(id, SnapshotManifest.FileName), SnapshotFormat.Json.ContentType, manifest.ToBytes(),
            cancellation);
        await files.CheckAsync(SnapshotManifest.FileName, SnapshotStore.Hash(manifest.ToBytes()), cancellation);
        return (manifest, null);

        // The next table is written while the last one's files travel: they wait on disk, and a wait for storage keeps nothing else back.
        Task StoreAsync(IEnumerable<SnapshotTable> tables, Func<SnapshotTable, IAsyncEnumerable<IEnumerable<object?[]?>>> rows,
            CancellationToken token) => SideBySideAsync(
            tables.ToAsyncEnumerable().SelectMany(table => files.SpoolAsync(table, rows(table), token)),
            async (file, each) => stored.Add(await files.StoreAsync(file, each)), token);
    }

    /// <summary>However many there are: all but a few of them wait.</summary>
    private static Task SideBySideAsync<T>(IAsyncEnumerable<T> work, Func<T, CancellationToken, Task> run, CancellationToken cancellation) =>
        Parallel.ForEachAsync(
        work, new ParallelOptions { MaxDegreeOfParallelism = int.MaxValue, CancellationToken = cancellation }, async (each, token) =>
            await run(each, token));

    private async Task<SnapshotOutcome> PublishAsync(SnapshotManifest manifest, CurrentPointer current, string etag, string leaseId,
        CancellationToken cancellation)
    {
        var uncopied = await parts.History.UncopiedAsync(current, cancellation);

        // From here on nothing breaks the run off: whoever asked for it is told for certain whether it is published.
        cancellation.ThrowIfCancellationRequested();
        var next = current.Next(
            new PublishedSnapshot(manifest.Id, manifest.SnapshotDate, manifest.Provisional, feed.Now, manifest.Order.Operation),
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
    private static IAsyncEnumerable<IEnumerable<object?[]?>> Through(SnapshotOrder order, SnapshotTable table, SnapshotDay last, DaysSoFar history,
        IReadOnlyList<DateOnly> days, CancellationToken cancellation)
    {
        var made = 0;
        return Daily.Merge(history.Rows(table), days, async day =>
        {
            cancellation.ThrowIfCancellationRequested();
            // The figures take the time; the other daily table follows from what they worked out.
            if (table == KpiDaily.Table)
                await order.Progress(made++, days.Count, cancellation);
            IReadOnlyList<object?[]?> rows = [.. table.Rows(day == last.Date ? last : last.On(day))];
            if (table == KpiDaily.Table && made == days.Count)
                await order.Progress(made, days.Count, cancellation);
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
