namespace FriendCity.Snapshots;

/// <summary>Deletes what no reader can reach any more: files of snapshots that are not published, and what failed runs left as evidence.</summary>
internal sealed class SnapshotSweep(SnapshotStore store, SnapshotOptions options, ILogger<SnapshotSweep> log)
{
    private const string Snapshots = "snapshots/";

    /// <param name="now">In storage time, as the files' own.</param>
    public async Task RunAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        // The list is read before the pointer: a snapshot published in between is spared.
        var files = await ListAsync(Snapshots, now - options.SweepAfter, cancellation);
        var published = (await store.PublishedAsync(cancellation)).Select(each => each.Id).ToHashSet(StringComparer.Ordinal);
        var unreferenced = files.Where(path => !published.Contains(path.Split('/')[1])).ToList();
        foreach (var path in unreferenced.Concat(await ListAsync(SnapshotEvidence.Folder, now - options.EvidenceKept, cancellation)))
            await store.DeleteAsync(path, cancellation);
        if (unreferenced.Count > 0)
            log.LogInformation("{Count} files that no published snapshot names were deleted", unreferenced.Count);
    }

    private async Task<List<string>> ListAsync(string prefix, DateTimeOffset before, CancellationToken cancellation)
    {
        var paths = new List<string>();
        await foreach (var item in store.ListAsync(prefix, cancellation))
            if (item.LastModified < before)
                paths.Add(item.Name);
        return paths;
    }
}
