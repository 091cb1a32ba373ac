using FriendCity.Snapshots.Publishing;

namespace FriendCity.Snapshots.Pointers;

/// <summary>The pointer as it is, or as the manifests in the container say that it has to be.</summary>
/// <param name="ETag">Of the blob; null when there is none.</param>
/// <param name="Fault">Why the blob is not believed; null when it is.</param>
/// <param name="IsRead">It is what the blob says; otherwise it is what the manifests say.</param>
internal sealed record PointerState(CurrentPointer Pointer, string? ETag, string? Fault, bool IsRead);

/// <summary>The snapshots in the container whose manifest can be read, and whose files are there in their lengths.</summary>
/// <param name="Damaged">Ids of the others that have a manifest.</param>
internal sealed record SnapshotShelf(IReadOnlyDictionary<string, (PublishedSnapshot Listed, byte[] Manifest)> Whole,
    IReadOnlyList<string> Damaged)
{
    private const string Folder = "snapshots/";

    public static async Task<SnapshotShelf> ReadAsync(SnapshotStore store, CancellationToken cancellationToken)
    {
        var lengths = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var item in store.ListAsync(Folder, cancellationToken))
            lengths[item.Name] = item.Length;
        var (whole, damaged) = (new Dictionary<string, (PublishedSnapshot, byte[])>(StringComparer.Ordinal), new List<string>());
        foreach (var path in lengths.Keys.Where(path => path.EndsWith($"/{SnapshotManifest.FileName}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal))
        {
            var id = path[Folder.Length..^(SnapshotManifest.FileName.Length + 1)];
            if (await store.BytesAsync(path, cancellationToken) is { } manifest && Read(id, manifest, lengths) is { } listed)
                whole.Add(id, (listed, manifest));
            else
                damaged.Add(id);
        }

        return new(whole, damaged);
    }

    /// <summary>All of them, as a list: of a day, the one begun last supersedes provisional ones.</summary>
    public IReadOnlyList<PublishedSnapshot> List()
    {
        var all = PublishedSnapshot.InOrder(Whole.Values.Select(each => each.Listed).Where(each => !each.IsOfTheFuture));
        return [.. all.Select(each => each.Provisional && all.First(other => other.SnapshotDate == each.SnapshotDate) is var newest && newest != each
            ? each with { SupersededBy = newest.Id, SupersededAt = newest.PublishedAt } : each)];
    }

    private static PublishedSnapshot? Read(string id, byte[] manifest, Dictionary<string, long> lengths)
    {
        try
        {
            var listed = SnapshotManifest.ListedOf(manifest);
            var files = SnapshotManifest.FilesOf(manifest);
            var isWhole = files.Count > 0 && files.All(file => lengths.GetValueOrDefault(SnapshotStore.PathOf(id, file.Name), -1) == file.Bytes);
            return isWhole && listed.Id == id ? listed : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
