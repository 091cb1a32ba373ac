using FriendCity.Records;
using FriendCity.Storage;

namespace FriendCity.Snapshots;

/// <summary>The hands of a run.</summary>
/// <param name="Cut">Takes the records to make it of.</param>
internal sealed record SnapshotParts(
    SnapshotStore Store, Func<CancellationToken, Task<Cut>> Cut, SnapshotHistory History, SnapshotCopies Copies, SnapshotEvidence Evidence, SnapshotSweep Sweep, SnapshotOptions Options);

/// <summary>
/// Makes one snapshot: lease, cut, files, checks, manifest, swap of the pointer, copies, release. Everything before the swap is out of
/// sight and everything after it can be done again, so a run may break off anywhere.
/// </summary>
internal sealed class SnapshotRun(IBlobStorage blobs, SnapshotParts parts, ChangeFeed feed, TimeProvider time, string appVersion, ILogger<SnapshotRun> log)
{
    // Another run may be one by hand, of another day: who comes second waits for it, or the night's day would never be made.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private const int Patience = 20;

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

        var begun = time.GetUtcNow();
        var id = SnapshotId.New(order.Day, begun);
        try
        {
            return await RunAsync(order, id, current, etag, leaseId, cancellation);
        }
        catch (InvalidDataException fault)
        {
            await parts.Evidence.KeepAsync(id, order.Day, begun, fault.Message, CancellationToken.None);
            throw;
        }
    }

    private async Task<SnapshotOutcome> RunAsync(SnapshotOrder order, string id, CurrentPointer current, string etag, string leaseId, CancellationToken cancellation)
    {
        var cut = await parts.Cut(cancellation);
        var history = await parts.History.ReadAsync(current, cancellation);
        IReadOnlyList<DateOnly> days = [.. order.Days.Concat(order.Once ? history.Missed(order.Day) : []).Append(order.Day).Distinct().Order()];
        var tables = await TablesAsync(order, cut, history, days, cancellation);
        var daily = tables.Where(data => Daily.Contains(data.Table)).ToList();
        var snapshot = new SnapshotFiles(store, id);
        var files = await snapshot.WriteAsync(tables, cancellation);
        var checks = await snapshot.CheckAsync(files, order.Day, [.. daily.Select(data => data.Table.Read(cut.View, order.Day))], cancellation);

        var manifest = new SnapshotManifest(id, order, feed.Now, cut, appVersion, history.From, days, files, tables, [new("rows_scanned", cut.Scanned), .. checks]);
        var bytes = manifest.ToBytes();
        await store.WriteOnceAsync(id, SnapshotManifest.FileName, SnapshotFormat.Json.ContentType, bytes, cancellation);
        await snapshot.CheckAsync(SnapshotManifest.FileName, SnapshotStore.Hash(bytes), cancellation);
        var uncopied = await parts.History.UncopiedAsync(current, cancellation);

        // From here on nothing breaks the run off: whoever asked for it is told for certain whether it is published.
        cancellation.ThrowIfCancellationRequested();
        if (!await store.SwapAsync(Next(current, manifest, SnapshotStore.Hash(bytes)), etag, leaseId, CancellationToken.None))
            return new SnapshotOutcome.Overtaken();

        await parts.Copies.MakeAsync(id, daily, uncopied.Concat(days).ToHashSet(), CancellationToken.None);
        await SweepAsync();
        return new SnapshotOutcome.Published(manifest);
    }

    /// <summary>All tables of the day, and in the daily ones the days so far with those of <paramref name="days"/> made anew.</summary>
    private static async Task<IReadOnlyList<TableData>> TablesAsync(SnapshotOrder order, Cut cut, DaysSoFar history, IReadOnlyList<DateOnly> days, CancellationToken cancellation)
    {
        var made = history.Tables.ToDictionary(data => data.Table, _ => new List<object?[]>());
        for (var i = 0; i < days.Count; i++)
        {
            await order.Progress(i, days.Count, cancellation);
            cancellation.ThrowIfCancellationRequested();
            foreach (var (table, rows) in made)
                rows.AddRange(table.Read(cut.View, days[i]).Rows);
        }

        await order.Progress(days.Count, days.Count, cancellation);
        return [.. SnapshotTables.All.Select(table => history.Tables.FirstOrDefault(data => data.Table == table) is { } before
            ? Daily.Add(before, new TableData(table, made[table]))
            : table.Read(cut.View, order.Day))];
    }

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
