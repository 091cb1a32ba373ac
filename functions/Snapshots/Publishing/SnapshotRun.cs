using FriendCity.Records.Persistence;
using FriendCity.Snapshots.Pointers;
using FriendCity.Storage;
using FriendCity.Storage.Blobs;
using FriendCity.Storage.TemporaryFiles;

namespace FriendCity.Snapshots.Publishing;

/// <summary>
/// Makes one snapshot: lease, cut, files, checks, manifest, swap of the pointer, copies, release. Everything before the swap is out of
/// sight and everything after it can be done again, so a run may break off anywhere.
/// </summary>
internal sealed class SnapshotRun(
    [FromKeyedServices(StorageExtensions.Snapshots)] IBlobStorage blobs, SnapshotStore store, PointerKeeper keeper, SnapshotMaker maker,
    SnapshotPublisher publisher, SnapshotFailures failures, ChangeFeed feed, OfficeCalendar calendar, TimeProvider time, ILogger<SnapshotRun> log)
{
    // Another run may be one by hand, of another day: who comes second waits for it, or the night's day would never be made.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private const int MaxWaits = 20;

    /// <summary>What a scan brings to light is in the next cut; a third one would not be better.</summary>
    private const int MaxReads = 2;

    /// <summary>Storage is asked something, so that the calendar goes by its clock from here on.</summary>
    public Task PrepareAsync(CancellationToken cancellationToken) => store.PrepareAsync(cancellationToken);

    /// <summary>A run that waits some minutes for another to end.</summary>
    /// <exception cref="InvalidDataException">A check failed; nothing was published, and the evidence is kept.</exception>
    public async Task<SnapshotOutcome> WaitAndRunAsync(SnapshotJob job, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await RunAsync(job, cancellationToken);
            if (outcome is not SnapshotOutcome.Busy || attempt == MaxWaits)
                return outcome;
            log.LogInformation("Another run is writing a snapshot; waiting for it ({Attempt} of {Attempts})", attempt, MaxWaits);
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <exception cref="InvalidDataException">A check failed; nothing was published, and the evidence is kept.</exception>
    /// <exception cref="TempFileException">There was no room for temporary files; likewise.</exception>
    public async Task<SnapshotOutcome> RunAsync(SnapshotJob job, CancellationToken cancellationToken)
    {
        if (await store.PrepareAsync(cancellationToken) is { ETag: null, Fault: not null })
            await keeper.RepairAsync(null, cancellationToken);
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
        if (await keeper.RepairAsync(leaseId, cancellationToken) is not { IsRead: true, Fault: null, ETag: { } etag, Pointer: var current })
            return new SnapshotOutcome.Overtaken();
        if (current.Answers(job, calendar) is { } done)
            return new SnapshotOutcome.Done(done);

        var (told, gone) = (await maker.ToldAsync(current, cancellationToken), new List<Quarantined>());
        for (var attempt = 1; ; attempt++)
            if (await RunAsync(job, current, told, gone, etag, leaseId, isLast: attempt == MaxReads, cancellationToken) is { } outcome)
                return outcome;
    }

    /// <summary>Null when the cut has to be taken anew; what was written so far is swept with other unreferenced files.</summary>
    private async Task<SnapshotOutcome?> RunAsync(
        SnapshotJob job, CurrentPointer current, SnapshotFindings? told, List<Quarantined> gone, string etag, string leaseId,
        bool isLast, CancellationToken cancellationToken)
    {
        var begun = feed.Now;
        var id = SnapshotId.New(job.Day, begun);
        try
        {
            await using var files = maker.Begin(id, job.Day);
            var (manifest, discord) = await maker.MakeAsync(job, id, files, current, told, gone, cancellationToken);
            return manifest is not null ? await publisher.PublishAsync(manifest, files, current, etag, leaseId, cancellationToken)
                : isLast ? throw new InvalidDataException(discord)
                : null;
        }
        catch (Exception fault) when (fault is InvalidDataException or TempFileException)
        {
            await failures.KeepAsync(id, job.Day, begun, fault.Message, CancellationToken.None);
            throw;
        }
    }
}
