using FriendCity.Records;
using FriendCity.Storage;

namespace FriendCity.Snapshots;

/// <summary>
/// Makes one snapshot: lease, files, checks, manifest, swap of the pointer, copies, release. Everything before the swap is out of sight
/// and everything after it can be done again, so a run may break off anywhere.
/// </summary>
/// <param name="records">The records to make it of.</param>
internal sealed class SnapshotRun(
    IBlobStorage blobs, SnapshotStore store, Func<CancellationToken, Task<View>> records, ChangeFeed feed, TimeProvider time, string appVersion, ILogger<SnapshotRun> log)
{
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
        if (order.Once && current.Published.FirstOrDefault(each => each.SnapshotDate == order.Day && !each.Provisional) is { } done)
            return new SnapshotOutcome.Done(done);

        var view = await records(cancellation);
        var id = SnapshotId.New(order.Day, feed.Now);
        var (historyFrom, history) = await HistoryAsync(current, cancellation);
        var tables = SnapshotTables.All.Select(table => table.Read(view, order.Day))
            .Select(data => data.Table == KpiDaily.Table ? KpiDaily.Add(history, data) : data).ToList();
        var snapshot = new SnapshotFiles(store, id);
        var files = await snapshot.WriteAsync(tables, cancellation);
        var checks = await snapshot.CheckAsync(files, order.Day, KpiDaily.Table.Read(view, order.Day), cancellation);

        var manifest = new SnapshotManifest(id, order.Day, order.Provisional, feed.Now, view.AsOf, appVersion, historyFrom, files, tables, checks);
        var bytes = manifest.ToBytes();
        await store.WriteOnceAsync(id, SnapshotManifest.FileName, SnapshotFormat.Json.ContentType, bytes, cancellation);
        await snapshot.CheckAsync(SnapshotManifest.FileName, SnapshotStore.Hash(bytes), cancellation);

        // From here on nothing breaks the run off: whoever asked for it is told for certain whether it is published.
        cancellation.ThrowIfCancellationRequested();
        if (!await store.SwapAsync(Next(current, manifest, SnapshotStore.Hash(bytes)), etag, leaseId, CancellationToken.None))
            return new SnapshotOutcome.Overtaken();

        await CopyAsync(id, tables.Single(data => data.Table == KpiDaily.Table), CancellationToken.None);
        return new SnapshotOutcome.Published(manifest);
    }

    /// <summary>The days so far, from the newest snapshot that can be read whole.</summary>
    private async Task<(string? From, TableData History)> HistoryAsync(CurrentPointer current, CancellationToken cancellation)
    {
        foreach (var snapshot in current.Published)
        {
            try
            {
                return (snapshot.Id, await store.TableAsync(snapshot.Id, KpiDaily.Table, cancellation));
            }
            catch (InvalidDataException fault)
            {
                log.LogError(fault, "The days so far cannot come from snapshot {Id}; they come from the one before", snapshot.Id);
            }
        }

        return (null, new TableData(KpiDaily.Table, []));
    }

    private CurrentPointer Next(CurrentPointer current, SnapshotManifest manifest, string sha256) => current.Next(
        new PublishedSnapshot(manifest.Id, manifest.SnapshotDate, manifest.Provisional, feed.Now),
        SnapshotTables.All.ToDictionary(table => table.Name, table => SnapshotStore.PathOf(manifest.Id, SnapshotFormat.Csv.FileOf(table))),
        SnapshotStore.PathOf(manifest.Id, SnapshotManifest.FileName), sha256);

    /// <summary>The snapshot is published by now: a copy that fails is logged, and the next run makes it.</summary>
    private async Task CopyAsync(string id, TableData figures, CancellationToken cancellation)
    {
        try
        {
            foreach (var format in SnapshotFormat.All)
                await store.CopyLatestAsync(id, format.FileOf(figures.Table), format.ContentType, SnapshotFiles.Bytes(figures, format, id), cancellation);
        }
        catch (Exception fault) when (fault is StorageException or InvalidDataException)
        {
            log.LogError(fault, "Snapshot {Id} is published, but its copies in latest/ are not made", id);
        }
    }
}
