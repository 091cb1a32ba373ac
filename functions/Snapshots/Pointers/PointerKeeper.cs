using FriendCity.Records.Persistence;
using FriendCity.Snapshots.Publishing;
using FriendCity.Storage.Blobs;

namespace FriendCity.Snapshots.Pointers;

/// <summary>
/// Puts the pointer right where it is missing, unreadable, names a manifest that is not the one it was, or a day that had not come when
/// the snapshot was made. What it says then comes from the manifests in the container, and is believed by no sweep for a week.
/// </summary>
internal sealed class PointerKeeper(SnapshotStore store, ChangeFeed feed, TimeProvider time, ILogger<PointerKeeper> log)
{
    /// <summary>Who asks for nothing pays for looks, too.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(10);

    private long? _well;

    /// <summary>Repairs it where that is due, unless it was seen to be well a short while ago.</summary>
    public async Task WatchAsync(CancellationToken cancellationToken)
    {
        if (_well is { } last && time.GetElapsedTime(last) < LookEvery)
            return;
        var now = time.GetTimestamp();
        if (await RepairAsync(null, cancellationToken) is { Fault: null })
            _well = now;
    }

    /// <summary>The pointer and whether it can be believed: what it names is looked at as well.</summary>
    public async Task<PointerState> LookAsync(CancellationToken cancellationToken)
    {
        var state = await store.CurrentAsync(cancellationToken);
        if (state is not { Fault: null, Pointer.Manifest: { } path })
            return state;
        var manifest = await store.BytesAsync(path, cancellationToken);
        return state with
        {
            Fault = manifest is null ? $"current.json names {path}, which is gone"
                : SnapshotStore.Hash(manifest) != state.Pointer.Sha256 ? $"current.json names another {path} than there is"
                : null,
        };
    }

    /// <param name="leaseId">Of the lease that the caller holds on the pointer; null when nobody is to hold one.</param>
    /// <returns>The pointer as it is from now on. Where another holds it, it is left to the other.</returns>
    public async Task<PointerState> RepairAsync(string? leaseId, CancellationToken cancellationToken)
    {
        var state = await LookAsync(cancellationToken);
        var early = state.Pointer.Published.Where(each => each.IsOfTheFuture).ToList();
        if (state.Fault is null && early.Count == 0)
            return state;

        var reason = state.Fault ?? $"snapshot {early[0].Id} was made before its day had come: a clock was wrong";
        var (pointer, damaged) = await MendAsync(state, early, cancellationToken);
        pointer = pointer with { Repair = new(feed.Now, reason, damaged) };
        var condition = state.ETag is { } etag ? new BlobCondition.Matches(etag, leaseId) : BlobCondition.Absent;
        if (await store.PutAsync(pointer, condition, cancellationToken))
            log.LogError(
                "Alert snapshot_pointer: {Reason}; current.json lists {Count} snapshots now, damaged are {Damaged}", reason, pointer.Published.Count,
                damaged);
        return await LookAsync(cancellationToken);
    }

    private async Task<(CurrentPointer Pointer, IReadOnlyList<string> Damaged)> MendAsync(
        PointerState state, List<PublishedSnapshot> early, CancellationToken cancellationToken)
    {
        var shelf = await SnapshotShelf.ReadAsync(store, cancellationToken);
        // A list that can be read is believed: what it does not name was never published, or is no longer.
        var list = (state.IsRead ? state.Pointer.Published.Where(each => shelf.Whole.ContainsKey(each.Id)) : shelf.List()).Except(early).ToList();
        var missed = state.IsRead ? state.Pointer.Published.Select(each => each.Id).Except(shelf.Whole.Keys) : [];
        var damaged = shelf.Damaged.Concat(missed).ToHashSet(StringComparer.Ordinal);
        while (list is [var first, ..] && !await IsWholeAsync(first.Id, shelf.Whole[first.Id].Manifest, cancellationToken))
        {
            damaged.Add(first.Id);
            list.RemoveAt(0);
        }

        var target = list is [var current, ..] ? SnapshotTarget.Of(current.Id, shelf.Whole[current.Id].Manifest) : SnapshotTarget.None;
        return (new CurrentPointer(target, list)
        {
            Retired = [.. state.Pointer.Retired, .. early.Select(each => new RetiredSnapshot(each.Id, feed.Now))],
        }, [.. damaged.Order(StringComparer.Ordinal)]);
    }

    /// <summary>Readers are sent to no snapshot whose files are not the ones its manifest names.</summary>
    private async Task<bool> IsWholeAsync(string id, byte[] manifest, CancellationToken cancellationToken)
    {
        foreach (var file in SnapshotManifest.FilesOf(manifest))
            if (await store.HashAsync(id, file.Name, cancellationToken) != file.Sha256)
                return false;
        return true;
    }
}
