using System.Diagnostics;
using System.Security.Cryptography;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats;
using FriendCity.Snapshots.Pointers;
using FriendCity.Storage;
using FriendCity.Storage.Blobs;
using FriendCity.Storage.TemporaryFiles;

namespace FriendCity.Snapshots.Publishing;

/// <summary>Snapshots as Blob Storage holds them. Reading begins at the pointer; what it does not name does not exist.</summary>
/// <param name="blobs">May be an account of its own, which people who read figures may see and records' readers need not.</param>
/// <param name="temporary">Where files wait on their way.</param>
internal sealed class SnapshotStore(
    [FromKeyedServices(StorageExtensions.Snapshots)] IBlobStorage blobs, TempFiles temporary, string container = SnapshotStore.StandardContainer)
{
    public const string StandardContainer = "snapshots";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private const string JsonType = "application/json; charset=utf-8";

    /// <summary>Metadata of a copy: the snapshot it belongs to.</summary>
    private const string SnapshotTag = "snapshotid";

    public TempFiles TempFiles => temporary;

    public BlobName Current { get; } = new(container, "current.json");

    public static string PathOf(string id, string file) => $"snapshots/{id}/{file}";

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Makes the container, and the first pointer where nothing was ever published.</summary>
    /// <returns>The pointer.</returns>
    public async Task<PointerState> PrepareAsync(CancellationToken cancellationToken)
    {
        await blobs.EnsureContainerAsync(container, cancellationToken);
        var state = await CurrentAsync(cancellationToken);
        if (state is { ETag: null, Fault: null })
            await PutAsync(CurrentPointer.None, BlobCondition.Absent, cancellationToken);
        return state;
    }

    /// <summary>The pointer; where there is none that can be read, what it has to say by the manifests in the container.</summary>
    public async Task<PointerState> CurrentAsync(CancellationToken cancellationToken)
    {
        var (etag, fault) = ((string?)null, "current.json is gone");
        await using (var content = await blobs.GetAsync(Current, null, cancellationToken))
            if (content is not null)
            {
                etag = content.ETag;
                try
                {
                    return new(PointerJson.Read(await content.BytesAsync(cancellationToken)), etag, null, IsRead: true);
                }
                catch (InvalidDataException unreadable)
                {
                    fault = unreadable.Message;
                }
            }

        var shelf = await SnapshotShelf.ReadAsync(this, cancellationToken);
        var list = shelf.List();
        var target = list is [var first, ..] ? SnapshotTarget.Of(first.Id, shelf.Whole[first.Id].Manifest) : SnapshotTarget.None;
        var isNone = etag is null && list.Count == 0 && shelf.Damaged.Count == 0;
        return new(new CurrentPointer(target, list), etag, isNone ? null : fault, IsRead: false);
    }

    /// <summary>What readers are offered, the current one first, then by day.</summary>
    public async Task<IReadOnlyList<PublishedSnapshot>> PublishedAsync(CancellationToken cancellationToken) =>
        (await CurrentAsync(cancellationToken)).Pointer.Published;

    /// <summary>Whether somebody may be reading the snapshot: it is listed, or was a short while ago.</summary>
    public async Task<bool> ServesAsync(string id, CancellationToken cancellationToken) => (await CurrentAsync(cancellationToken)).Pointer.Serves(id);

    public async Task<bool> IsCurrentAsync(string id, CancellationToken cancellationToken) =>
        await ReadAsync(cancellationToken) is { Published: [var current, ..] } && current.Id == id;

    /// <summary>Puts the pointer in the place of one that is missing or not to be believed; false when another was faster, or holds it.</summary>
    public async Task<bool> PutAsync(CurrentPointer pointer, BlobCondition condition, CancellationToken cancellationToken) =>
        await PutAsync(Current, PointerJson.Bytes(pointer), JsonType, condition, cancellationToken) is BlobPut.Written;

    /// <summary>The bytes of a small file of a snapshot, or null.</summary>
    public Task<byte[]?> BytesAsync(string id, string file, CancellationToken cancellationToken) => BytesAsync(PathOf(id, file), cancellationToken);

    /// <summary>A file of a snapshot, or a part of it, streamed; null when it is missing.</summary>
    public Task<BlobContent?> OpenAsync(string id, string file, BlobRange? range, CancellationToken cancellationToken) =>
        blobs.GetAsync(At(PathOf(id, file)), range, cancellationToken);

    /// <summary>The same by its path in the container.</summary>
    public Task<BlobContent?> OpenAsync(string path, BlobRange? range, CancellationToken cancellationToken) =>
        blobs.GetAsync(At(path), range, cancellationToken);

    /// <summary>SHA-256 of a file of a snapshot; null when it is missing.</summary>
    public async Task<string?> HashAsync(string id, string file, CancellationToken cancellationToken)
    {
        await using var content = await OpenAsync(id, file, null, cancellationToken);
        return content is null ? null : Convert.ToHexStringLower(await SHA256.HashDataAsync(content.Content, cancellationToken));
    }

    /// <summary>A table of a snapshot, brought here; null for a table that came later than the snapshot. The caller disposes it.</summary>
    /// <exception cref="InvalidDataException">A file is missing, or is not the one the manifest names.</exception>
    public async Task<TableRows?> TableAsync(string id, SnapshotTable table, CancellationToken cancellationToken) =>
        await TableAsync(id, SnapshotManifest.FilesOf(await BytesAsync(id, SnapshotManifest.FileName, cancellationToken)
            ?? throw new InvalidDataException($"Snapshot {id} has lost its manifest.")), table, cancellationToken);

    /// <inheritdoc cref="TableAsync(string, SnapshotTable, CancellationToken)"/>
    /// <param name="files">As the manifest names them.</param>
    /// <param name="here">Those that are here already; the others are fetched.</param>
    public async Task<TableRows?> TableAsync(string id, IReadOnlyList<SnapshotFile> files, SnapshotTable table, CancellationToken cancellationToken,
        Func<string, Stream?>? here = null)
    {
        IReadOnlyList<SnapshotTable>[] ways = [[table], SnapshotMajors.PartsOf(table)];
        var names = ways.Select(way => way.Select(SnapshotFormat.Parquet.FileOf).ToList())
            .FirstOrDefault(names => names.Exists(name => files.Any(file => file.Name == name)));
        if (names is null)
            return files.Any(each => each.Table == table.Name) ? throw new InvalidDataException($"Snapshot {id} has no rows of {table.Name}.") : null;
        var brought = new List<(string, Stream)>();
        var rows = new TableRows(table, brought);
        try
        {
            foreach (var name in names)
                brought.Add((name, here?.Invoke(name) ?? await FetchAsync(id, files.FirstOrDefault(file => file.Name == name)
                    ?? throw new InvalidDataException($"Snapshot {id} has no {name}."), cancellationToken)));
            return rows;
        }
        catch
        {
            await rows.DisposeAsync();
            throw;
        }
    }

    /// <summary>A file of a snapshot, brought here. The caller disposes it.</summary>
    /// <exception cref="InvalidDataException">It is missing, or is not the one the manifest names.</exception>
    public Task<Stream> FetchAsync(string id, SnapshotFile file, CancellationToken cancellationToken) => TempFiles.FilledAsync(async here =>
    {
        await using (var content = await OpenAsync(id, file.Name, null, cancellationToken))
            if (content is not null)
                await content.Content.CopyToAsync(here, cancellationToken);
        if (Storage.TemporaryFiles.TempFiles.Hash(here) != file.Sha256)
            throw new InvalidDataException($"Snapshot {id} has lost its {file.Name}, or it is damaged.");
    });

    /// <summary>
    /// Makes <paramref name="next"/> the pointer if nobody moved it and the lease is ours: a runner that was overtaken is refused here, by
    /// storage.
    /// </summary>
    /// <param name="id">The snapshot that it publishes.</param>
    /// <param name="patience">How long a storage that is away is waited for, to learn whether the swap was made.</param>
    /// <exception cref="StorageException">The swap was not made, or nobody knows: storage was away for longer.</exception>
    public async Task<bool> SwapAsync(string id, CurrentPointer next, string etag, string leaseId, TimeSpan patience,
        CancellationToken cancellationToken)
    {
        try
        {
            if (await PutAsync(Current, PointerJson.Bytes(next), JsonType, new BlobCondition.Matches(etag, leaseId),
                cancellationToken) is BlobPut.Written)
                return true;
        }
        catch (StorageException)
        {
            // The answer is lost, which is not to say that the swap is.
            if (await NamesAsync(id, patience, cancellationToken))
                return true;
            throw;
        }

        // A refusal may be our own work met by a repeated try.
        return await NamesAsync(id, patience, cancellationToken);
    }

    /// <summary>
    /// Puts a copy that belongs to a snapshot. Another's newer copy is never overwritten: the pointer is read after the copy's ETag, so
    /// whoever published since has either been seen, or will change that ETag, or will copy after us.
    /// </summary>
    public async Task CopyAsync(string id, string path, string contentType, Stream content, CancellationToken cancellationToken)
    {
        var condition = BlobCondition.Absent;
        await using (var there = await blobs.GetAsync(At(path), new BlobRange(0, 1), cancellationToken))
            if (there is not null)
                condition = new BlobCondition.Matches(there.ETag);
        if (await IsCurrentAsync(id, cancellationToken))
            await blobs.PutAsync(At(path), content, contentType, condition, cancellationToken, new Dictionary<string, string> { [SnapshotTag] = id });
    }

    /// <summary>The snapshot a copy says it belongs to; null when there is no copy.</summary>
    public async Task<string?> CopyOfAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = await blobs.GetAsync(At(path), new BlobRange(0, 1), cancellationToken);
        return content?.Metadata.GetValueOrDefault(SnapshotTag);
    }

    /// <summary>The bytes of a small file at a path, or null.</summary>
    public async Task<byte[]?> BytesAsync(string path, CancellationToken cancellationToken)
    {
        await using var content = await blobs.GetAsync(At(path), null, cancellationToken);
        return content is null ? null : await content.BytesAsync(cancellationToken);
    }

    public IAsyncEnumerable<BlobItem> ListAsync(string prefix, CancellationToken cancellationToken) =>
        blobs.ListAsync(container, prefix, cancellationToken);

    public Task<bool> DeleteAsync(string path, CancellationToken cancellationToken) => blobs.DeleteAsync(At(path), cancellationToken);

    /// <summary>
    /// Writes a file that is nobody's copy, once. It may be refused when a repeated try meets the first one's work; whether storage holds
    /// the right bytes is checked before publishing anyway.
    /// </summary>
    public Task WriteOnceAsync(string path, string contentType, Stream content, CancellationToken cancellationToken) =>
        blobs.PutAsync(At(path), content, contentType, BlobCondition.Absent, cancellationToken);

    public Task WriteOnceAsync(string path, string contentType, byte[] bytes, CancellationToken cancellationToken) =>
        PutAsync(At(path), bytes, contentType, BlobCondition.Absent, cancellationToken);

    private async Task<bool> NamesAsync(string id, TimeSpan patience, CancellationToken cancellationToken)
    {
        for (var begun = Stopwatch.GetTimestamp(); ; await Task.Delay(Pause, cancellationToken))
            try
            {
                return await ReadAsync(cancellationToken) is { } pointer && pointer.Names(id);
            }
            catch (StorageException) when (Stopwatch.GetElapsedTime(begun) < patience)
            {
                // Asked again until it answers.
            }
    }

    /// <summary>The pointer as it is stored: one that is missing or unreadable names nothing.</summary>
    private async Task<CurrentPointer?> ReadAsync(CancellationToken cancellationToken) =>
        await CurrentAsync(cancellationToken) is { IsRead: true, Pointer: var pointer } ? pointer : null;

    private BlobName At(string path) => new(container, path);

    private async Task<BlobPut> PutAsync(BlobName blob, byte[] bytes, string contentType, BlobCondition condition,
        CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        return await blobs.PutAsync(blob, stream, contentType, condition, cancellationToken);
    }
}
