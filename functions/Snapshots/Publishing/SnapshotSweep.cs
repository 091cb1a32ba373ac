using FriendCity.Snapshots.Pointers;

namespace FriendCity.Snapshots.Publishing;

/// <summary>Deletes what no reader can reach any more: files of snapshots that are not published, and what failed runs left as evidence.</summary>
internal sealed class SnapshotSweep(SnapshotStore store, SnapshotOptions options, ILogger<SnapshotSweep> log)
{
    private const string Snapshots = "snapshots/";

    /// <param name="now">In storage time, as the files' own.</param>
    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The list is read before the pointer: a snapshot published in between is spared.
        var files = await ListAsync(Snapshots, now - options.SweepAfter, cancellationToken);
        var unreferenced = files.Where(Unreferenced(await store.CurrentAsync(cancellationToken), now)).ToList();
        foreach (var path in unreferenced.Concat(await ListAsync(SnapshotFailures.Folder, now - options.EvidenceKept, cancellationToken)))
            await store.DeleteAsync(path, cancellationToken);
        if (unreferenced.Count > 0)
            log.LogInformation("{Count} files that no published snapshot names were deleted", unreferenced.Count);
    }

    /// <summary>Nothing is, while the pointer is not to be believed or was put right a short while ago: what it forgot may be all there is.</summary>
    private Func<string, bool> Unreferenced(PointerState state, DateTimeOffset now)
    {
        if (!state.IsRead || (state.Pointer.Repair is { } repair && now - repair.At < options.SweepAfter))
            return _ => false;
        var spared = state.Pointer.Published.Select(each => each.Id)
            .Concat(state.Pointer.Retired.Where(each => now - each.At < options.SweepAfter).Select(each => each.Id))
                .ToHashSet(StringComparer.Ordinal);
        return path => !spared.Contains(path.Split('/')[1]);
    }

    private async Task<List<string>> ListAsync(string prefix, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var paths = new List<string>();
        await foreach (var item in store.ListAsync(prefix, cancellationToken))
            if (item.LastModified < before)
                paths.Add(item.Name);
        return paths;
    }
}
