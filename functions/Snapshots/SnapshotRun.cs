using System.Collections.Concurrent;
using FriendCity.Records;
using FriendCity.Storage;

namespace FriendCity.Snapshots;

/// <summary>The hands of a run.</summary>
/// <param name="Cut">Takes the records to make it of.</param>
/// <param name="Agree">Holds them against the tables; null when they have to be taken anew.</param>
internal sealed record SnapshotParts(
    SnapshotStore Store, Func<CancellationToken, Task<Cut>> Cut, Func<Cut, CancellationToken, Task<Agreement?>> Agree, SnapshotHistory History, SnapshotCopies Copies, SnapshotEvidence Evidence, SnapshotSweep Sweep, SnapshotOptions Options);

/// <summary>
/// Makes one snapshot: lease, cut, files, checks, manifest, swap of the pointer, copies, release. Everything before the swap is out of
/// sight and everything after it can be done again, so a run may break off anywhere.
/// </summary>
internal sealed class SnapshotRun(IBlobStorage blobs, SnapshotParts parts, ChangeFeed feed, TimeProvider time, string appVersion, ILogger<SnapshotRun> log)
{
    // Another run may be one by hand, of another day: who comes second waits for it, or the night's day would never be made.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private const int Patience = 20;

    /// <summary>What a scan brings to light is in the next cut; a third one would not be better.</summary>
    private const int MostCuts = 2;

    private readonly SnapshotStore store = parts.Store;

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
    public async Task<SnapshotOutcome> RunAsync(SnapshotOrder order, CancellationToken cancellation)
    {
        await store.PrepareAsync(cancellation);
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
        var (current, etag) = await store.CurrentAsync(cancellation) ?? throw new StorageException("The leased pointer is gone.");
        if (current.Answers(order) is { } done)
            return new SnapshotOutcome.Done(done);

        for (var attempt = 1; ; attempt++)
            if (await RunAsync(order, current, etag, leaseId, isLast: attempt == MostCuts, cancellation) is { } outcome)
                return outcome;
    }

    /// <summary>Null when the cut has to be taken anew; what was written so far is swept with other unreferenced files.</summary>
    private async Task<SnapshotOutcome?> RunAsync(SnapshotOrder order, CurrentPointer current, string etag, string leaseId, bool isLast, CancellationToken cancellation)
    {
        var begun = time.GetUtcNow();
        var id = SnapshotId.New(order.Day, begun);
        try
        {
            if (await MakeAsync(order, id, current, cancellation) is { } manifest)
                return await PublishAsync(manifest, current, etag, leaseId, cancellation);
            return isLast ? throw new InvalidDataException("Records come to light that the change feed never named, again and again.") : null;
        }
        catch (InvalidDataException fault)
        {
            await parts.Evidence.KeepAsync(id, order.Day, begun, fault.Message, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Writes and checks all files, the manifest last.</summary>
    private async Task<SnapshotManifest?> MakeAsync(SnapshotOrder order, string id, CurrentPointer current, CancellationToken cancellation)
    {
        var cut = await parts.Cut(cancellation);
        await using var history = await parts.History.ReadAsync(current, cancellation);
        IReadOnlyList<DateOnly> days = [.. order.Days.Concat(order.Once ? history.Missed(order.Day) : []).Append(order.Day).Distinct().Order()];
        var files = new SnapshotFiles(store, id, order.Day);
        var (agreement, stored) = ((Agreement?)null, new ConcurrentBag<StoredFile>());

        // While storage is busy with the scan we are with the figures. Those of the same kind come one after the other: they share what is worked out.
        Func<CancellationToken, Task>[] work =
        [
            async token => agreement = await parts.Agree(cut, token),
            token =>
            {
                var last = new SnapshotDay(cut.View, order.Day);
                return StoreAsync(SnapshotTables.OfFigures, table => Daily.Contains(table) ? Through(order, table, last, history, days, token) : Once(table.Rows(last)), token);
            },
            token => StoreAsync(SnapshotTables.All.Except(SnapshotTables.OfFigures), table => Once(table.Rows(new SnapshotDay(cut.View, order.Day))), token),
        ];
        await SideBySideAsync(work.ToAsyncEnumerable(), (each, token) => each(token), cancellation);
        if (agreement is null)
            return null;

        IReadOnlyList<StoredFile> all = [.. from table in SnapshotTables.All from format in SnapshotFormat.All select stored.Single(each => each.File.Name == format.FileOf(table))];
        var manifest = new SnapshotManifest(id, order, feed.Now, cut, agreement, appVersion, history.From, days, all,
        [
            new("rows_scanned", agreement.Scanned),
            new("stored_bytes", all.Count),
            new("stored_rows", all.Sum(each => each.File.Rows)),
            new("unique_keys", all.DistinctBy(each => each.Table).Sum(each => each.File.Rows)),
            new("kpi_values", all.DistinctBy(each => each.Table).Sum(each => each.Figures)),
        ]);
        await store.WriteOnceAsync(SnapshotStore.PathOf(id, SnapshotManifest.FileName), SnapshotFormat.Json.ContentType, manifest.ToBytes(), cancellation);
        await files.CheckAsync(SnapshotManifest.FileName, SnapshotStore.Hash(manifest.ToBytes()), cancellation);
        return manifest;

        // The next table is written while the last one's files travel: they wait on disk, and a wait for storage keeps nothing else back.
        Task StoreAsync(IEnumerable<SnapshotTable> tables, Func<SnapshotTable, IAsyncEnumerable<IEnumerable<object?[]?>>> rows, CancellationToken token) => SideBySideAsync(
            tables.ToAsyncEnumerable().SelectMany(table => files.SpoolAsync(table, rows(table), token)),
            async (file, each) => stored.Add(await files.StoreAsync(file, each)), token);
    }

    /// <summary>However many there are: all but a few of them wait.</summary>
    private static Task SideBySideAsync<T>(IAsyncEnumerable<T> work, Func<T, CancellationToken, Task> run, CancellationToken cancellation) => Parallel.ForEachAsync(
        work, new ParallelOptions { MaxDegreeOfParallelism = int.MaxValue, CancellationToken = cancellation }, async (each, token) => await run(each, token));

    private async Task<SnapshotOutcome> PublishAsync(SnapshotManifest manifest, CurrentPointer current, string etag, string leaseId, CancellationToken cancellation)
    {
        var uncopied = await parts.History.UncopiedAsync(current, cancellation);

        // From here on nothing breaks the run off: whoever asked for it is told for certain whether it is published.
        cancellation.ThrowIfCancellationRequested();
        if (!await store.SwapAsync(Next(current, manifest, SnapshotStore.Hash(manifest.ToBytes())), etag, leaseId, CancellationToken.None))
            return new SnapshotOutcome.Overtaken();

        await parts.Copies.MakeAsync(manifest.Id, uncopied.Concat(manifest.Days).ToHashSet(), CancellationToken.None);
        await SweepAsync();
        return new SnapshotOutcome.Published(manifest);
    }

    /// <summary>A daily table with the days so far and those of <paramref name="days"/> made anew.</summary>
    private static IAsyncEnumerable<IEnumerable<object?[]?>> Through(SnapshotOrder order, SnapshotTable table, SnapshotDay last, DaysSoFar history, IReadOnlyList<DateOnly> days, CancellationToken cancellation)
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

    private CurrentPointer Next(CurrentPointer current, SnapshotManifest manifest, string sha256) => current.Next(
        new PublishedSnapshot(manifest.Id, manifest.SnapshotDate, manifest.Provisional, feed.Now, manifest.Order.Operation),
        SnapshotTables.All.ToDictionary(table => table.Name, table => SnapshotStore.PathOf(manifest.Id, SnapshotFormat.Parquet.FileOf(table))),
        SnapshotStore.PathOf(manifest.Id, SnapshotManifest.FileName), sha256, parts.Options);

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
