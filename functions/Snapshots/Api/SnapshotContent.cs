using System.Text;
using System.Text.Json;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Serialization;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Pointers;
using FriendCity.Snapshots.Publishing;
using FriendCity.Storage;
using FriendCity.Storage.Blobs;

namespace FriendCity.Snapshots.Api;

/// <summary>Files of the container as answers: whole, in part, or not at all to who has them already.</summary>
internal sealed class SnapshotContent(SnapshotStore store)
{
    /// <summary>A copy may be made anew between two looks at it; one that never holds still is an outage.</summary>
    private const int MaxAttempts = 3;

    /// <summary>What has one name from night to night.</summary>
    private static readonly string[] Lasting = ["contract/", "latest/"];

    /// <summary>The paths there are, but for history's days: Power Query asks the address it was given whether it may read there.</summary>
    public async Task<IResult> IndexAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var paths = new List<string>();
        if (await store.BytesAsync(store.Current.Path, cancellationToken) is not null)
        {
            paths.Add(store.Current.Path);
            foreach (var folder in Lasting)
                await foreach (var item in store.ListAsync(folder, cancellationToken))
                    paths.Add(item.Name);
            paths.AddRange((await store.PublishedAsync(cancellationToken)).Select(each => SnapshotStore.PathOf(each.Id, SnapshotManifest.FileName)));
        }

        return Small(request, Encoding.UTF8.GetBytes(Json.Text(writer => Write(writer, paths))), SnapshotFileResult.Never);
    }

    /// <summary>The manifest of a published snapshot.</summary>
    public async Task<IResult> ManifestAsync(HttpRequest request, string id, CancellationToken cancellationToken) =>
        await BytesAsync(id, cancellationToken) is { } manifest ? Small(request, manifest, SnapshotFileResult.Forever) : Missing(id);

    /// <summary>A file that the manifest of a published snapshot names.</summary>
    public async Task<IResult> FileAsync(HttpRequest request, string id, string name, CancellationToken cancellationToken)
    {
        if (await BytesAsync(id, cancellationToken) is not { } manifest)
            return Missing(id);
        if (SnapshotManifest.FilesOf(manifest).FirstOrDefault(each => each.Name == name) is not { } file)
            return Missing(id);
        var etag = Tag(file.Sha256);
        if (Preconditions.NotModified(request, etag, SnapshotFileResult.Forever) is { } answer)
            return answer;
        var range = ByteRange.Of(request, file.Bytes, etag);
        if (range is ByteRange.Beyond)
            return ByteRange.Refuse(file.Bytes);
        return await store.OpenAsync(id, name, Fetched(request, range), cancellationToken) is { } content
            ? File(content, range, etag, SnapshotFileResult.Forever)
            : Missing(id);
    }

    /// <summary>The pointer. Nobody may keep it: it says which snapshot is the current one.</summary>
    public async Task<IResult> PointerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var state = await store.CurrentAsync(cancellationToken);
        return state is { ETag: null, Fault: null } ? NoFile() : Small(request, PointerJson.Bytes(state.Pointer), SnapshotFileResult.Never);
    }

    /// <summary>A file that is made anew from night to night; whoever has it asks whether it still is the one.</summary>
    public async Task<IResult> CopyAsync(HttpRequest request, string path, CancellationToken cancellationToken)
    {
        for (var look = 0; look < MaxAttempts; look++)
        {
            string etag;
            ByteRange range;
            await using (var first = await store.OpenAsync(path, new BlobRange(0, 1), cancellationToken))
            {
                if (first is null)
                    return NoFile();
                etag = first.ETag;
                if (Preconditions.NotModified(request, etag, SnapshotFileResult.AskAgain) is { } answer)
                    return answer;
                range = ByteRange.Of(request, first.TotalLength, etag);
                if (range is ByteRange.Beyond)
                    return ByteRange.Refuse(first.TotalLength);
            }

            var content = await store.OpenAsync(path, Fetched(request, range), cancellationToken);
            if (content?.ETag == etag)
                return File(content, range, etag, SnapshotFileResult.AskAgain);
            if (content is not null)
                await content.DisposeAsync();
        }

        throw new StorageException("The file changes too often to be read.");
    }

    public static IResult NoFile() => new Problem(Problems.NotFound, new(
        "There is no such file; /powerbi/data/current.json names those of the current snapshot.", "没有该文件；/powerbi/data/current.json 列出当前快照的文件。"))
            .ToResult();

    public static IResult Missing(string id) => new Problem(Problems.NotFound, new(
        $"Snapshot {id} is not published, or has no such file.", $"快照 {id} 未发布，或没有该文件。")).ToResult();

    /// <summary>The manifest of a snapshot that is published, or was a short while ago; or null.</summary>
    private async Task<byte[]?> BytesAsync(string id, CancellationToken cancellationToken) =>
        await store.ServesAsync(id, cancellationToken) ? await store.BytesAsync(id, SnapshotManifest.FileName, cancellationToken) : null;

    /// <summary>What of a file is asked of storage: HEAD tells of the whole, and sends none of it.</summary>
    private static BlobRange? Fetched(HttpRequest request, ByteRange range) =>
        range is ByteRange.Part part ? part.Range : HttpMethods.IsHead(request.Method) ? new BlobRange(0, 1) : null;

    private static SnapshotFileResult File(BlobContent content, ByteRange range, string etag, string keep)
    {
        var part = range as ByteRange.Part;
        return new SnapshotFileResult(content.Content, part?.Length ?? content.TotalLength, content.ContentType, etag, keep, part?.ContentRange);
    }

    private static IResult Small(HttpRequest request, byte[] bytes, string keep)
    {
        var etag = Tag(SnapshotStore.Hash(bytes));
        if (Preconditions.NotModified(request, etag, keep) is { } answer)
            return answer;
        switch (ByteRange.Of(request, bytes.Length, etag))
        {
            case ByteRange.Beyond:
                return ByteRange.Refuse(bytes.Length);
            case ByteRange.Part part:
                return new SnapshotFileResult(new MemoryStream(bytes, (int)part.From, (int)part.Length), part.Length, SnapshotFormat.Json.ContentType,
                    etag, keep, part.ContentRange);
            default:
                return new SnapshotFileResult(new MemoryStream(bytes), bytes.Length, SnapshotFormat.Json.ContentType, etag, keep);
        }
    }

    private static void Write(Utf8JsonWriter writer, List<string> paths)
    {
        writer.WriteStartArray();
        foreach (var path in paths)
            writer.WriteStringValue(path);
        writer.WriteEndArray();
    }

    private static string Tag(string sha256) => $"\"{sha256}\"";
}
