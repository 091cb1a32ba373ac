using FriendCity.Records.Persistence;
using FriendCity.Snapshots.Pointers;
using FriendCity.Storage;

namespace FriendCity.Snapshots.Publishing;

/// <summary>Makes a snapshot visible by one conditional write. Everything after that write can be done again.</summary>
internal sealed class SnapshotPublisher(SnapshotStore store, SnapshotHistory history, SnapshotCopies copies, SnapshotSweep sweep,
    SnapshotOptions options, ChangeFeed feed, ILogger<SnapshotPublisher> log)
{
    /// <summary>Makes it current, or lists it beside one of a newer day; then the copies, and what is no longer needed goes.</summary>
    /// <param name="files">Its own, of which the copies are made.</param>
    public async Task<SnapshotOutcome> PublishAsync(SnapshotManifest manifest, SnapshotFiles files, CurrentPointer current, string etag,
        string leaseId, CancellationToken cancellationToken)
    {
        var uncopied = await history.UncopiedAsync(current, cancellationToken);

        // From here on nothing breaks the run off: whoever asked for it is told for certain whether it is published.
        cancellationToken.ThrowIfCancellationRequested();
        var next = current.Next(
            new PublishedSnapshot(manifest.Id, manifest.SnapshotDate, manifest.Provisional, feed.Now, manifest.Job.Operation),
            SnapshotTarget.Of(manifest.Id, manifest.ToBytes()), options);
        if (!await store.SwapAsync(manifest.Id, next, etag, leaseId, options.SwapPatience, CancellationToken.None))
            return new SnapshotOutcome.Overtaken();

        // Copies are made of the current snapshot only. The days of one beside it are copied by the next snapshot, which builds on it.
        var beside = next.Published[0] is var newest && newest.Id != manifest.Id ? newest : null;
        if (beside is null)
            await copies.MakeAsync(manifest.Id, manifest.Files, uncopied.Concat(manifest.Days).ToHashSet(), CancellationToken.None, files.Take);
        else
            log.LogInformation("Snapshot {Id} is published beside {Current}, which is of a newer day and stays the current one", manifest.Id,
                newest.Id);
        await SweepAsync();
        return new SnapshotOutcome.Published(manifest, beside);
    }

    private async Task SweepAsync()
    {
        try
        {
            await sweep.RunAsync(feed.Now, CancellationToken.None);
        }
        catch (StorageException fault)
        {
            log.LogWarning(fault, "Old files could not be swept; the next run does it");
        }
    }
}
