using FriendCity.Access;
using FriendCity.Http;
using FriendCity.Snapshots.Operations;

namespace FriendCity.Snapshots;

/// <summary>Snapshots over HTTP: the list, manifests and files; runs and back-fills, as operations.</summary>
public sealed class SnapshotApi
{
    private const int ShownDifferences = 100;
    private const int MostDifferences = 10_000;

    private readonly SnapshotStore _store;
    private readonly OperationRunner _operations;
    private readonly OfficeCalendar _calendar;
    private readonly ILogger _log;

    internal SnapshotApi(SnapshotStore store, OperationRunner operations, OfficeCalendar calendar, ILogger<SnapshotApi> log) =>
        (_store, _operations, _calendar, _log) = (store, operations, calendar, log);

    /// <summary><c>api/v1/snapshots</c>: list (get), make one (post).</summary>
    internal Task<IResult> Collection(HttpRequest request, CancellationToken cancellation) =>
        Guard.RunAsync(request, _log, () => request.Method == HttpMethods.Post ? RunAsync(request, cancellation) : ListAsync(request, cancellation));

    /// <summary><c>api/v1/snapshots/{id}</c>: the manifest.</summary>
    internal Task<IResult> Manifest(HttpRequest request, string id, CancellationToken cancellation) =>
        Guard.RunAsync(request, _log, async () =>
        {
            if (Parameters.Check(request) is { } unknown)
                return unknown.Answer();
            if (await ManifestAsync(id, cancellation) is not { } manifest)
                return Missing(id);
            var etag = Tag(SnapshotStore.Hash(manifest));
            return Holds(request, etag)
                ? new NotModifiedResult(etag)
                : new SnapshotFileResult(new MemoryStream(manifest), manifest.Length, SnapshotFormat.Json.ContentType, etag);
        });

    /// <summary><c>api/v1/snapshots/{id}/files/{name}</c>: a file that the manifest names.</summary>
    internal Task<IResult> File(HttpRequest request, string id, string name, CancellationToken cancellation) => Guard.RunAsync(request, _log, async () =>
    {
        if (Parameters.Check(request) is { } unknown)
            return unknown.Answer();
        if (await ManifestAsync(id, cancellation) is not { } manifest)
            return Missing(id);
        if (SnapshotManifest.FilesOf(manifest).FirstOrDefault(each => each.Name == name) is not { } file)
            return Missing(id);
        var etag = Tag(file.Sha256);
        if (Holds(request, etag))
            return new NotModifiedResult(etag);
        switch (ByteRange.Of(request, file.Bytes, etag))
        {
            case ByteRange.Beyond:
                return ByteRange.Refuse(file.Bytes);
            case ByteRange.Part part when await _store.OpenAsync(id, name, part.Range, cancellation) is { } content:
                return new SnapshotFileResult(content.Content, content.Length, content.ContentType, etag, part.ContentRange);
            case ByteRange.Whole when await _store.OpenAsync(id, name, null, cancellation) is { } content:
                return new SnapshotFileResult(content.Content, content.Length, content.ContentType, etag);
            default:
                return Missing(id);
        }
    });

    /// <summary><c>api/v1/snapshots/{a}/compare/{b}</c>: what came, went or changed from one snapshot to the other; <c>top</c> differences a table are shown.</summary>
    internal Task<IResult> Compare(HttpRequest request, string a, string b, CancellationToken cancellation) => Guard.RunAsync(request, _log, async () =>
    {
        if (Parameters.Check(request, "top") is { } unknown)
            return unknown.Answer();
        var (top, problem) = Parameters.Integer(request, "top", ShownDifferences, 0, MostDifferences);
        if (problem is not null)
            return problem.Answer();
        var published = await _store.PublishedAsync(cancellation);
        if (new[] { a, b }.FirstOrDefault(id => published.All(each => each.Id != id)) is { } missing)
            return Missing(missing);

        var changes = new List<TableChange>();
        foreach (var table in SnapshotTables.All)
            changes.Add(TableChange.Of(await _store.TableAsync(a, table, cancellation), await _store.TableAsync(b, table, cancellation)));
        return new JsonResult(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("from", a);
            writer.WriteString("to", b);
            writer.WriteStartObject("tables");
            foreach (var change in changes)
                change.Write(writer, top);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    });

    /// <summary><c>api/v1/snapshots/{id}/verify</c>: verifies it, as an operation.</summary>
    internal Task<IResult> Verify(HttpRequest request, string id, CancellationToken cancellation) => Guard.RunAsync(request, _log, async () =>
    {
        if (Parameters.Check(request) is { } unknown)
            return unknown.Answer();
        return (await _store.PublishedAsync(cancellation)).Any(each => each.Id == id)
            ? OperationApi.Accepted(request, await _operations.StartAsync(SnapshotOrders.Verify, SnapshotOrders.Input(id), Caller.Of(request.HttpContext).Name, cancellation))
            : Missing(id);
    });

    private async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellation) =>
        Parameters.Check(request) is { } unknown ? unknown.Answer() : JsonResult.List(await _store.PublishedAsync(cancellation), CurrentPointer.Write, null);

    private async Task<IResult> RunAsync(HttpRequest request, CancellationToken cancellation)
    {
        var today = _calendar.Today;
        var (day, days, problem) = SnapshotRequest.Read(request, today);
        if (problem is not null)
            return problem.Answer();
        var kind = days.Count > 0 ? SnapshotOrders.Backfill : SnapshotOrders.Snapshot;
        return OperationApi.Accepted(request, await _operations.StartAsync(
            kind, SnapshotOrders.Input(day, provisional: day == today, days), Caller.Of(request.HttpContext).Name, cancellation));
    }

    /// <summary>The manifest of a published snapshot, or null.</summary>
    private async Task<byte[]?> ManifestAsync(string id, CancellationToken cancellation) =>
        (await _store.PublishedAsync(cancellation)).Any(each => each.Id == id) ? await _store.BytesAsync(id, SnapshotManifest.FileName, cancellation) : null;

    private static string Tag(string sha256) => $"\"{sha256}\"";

    private static bool Holds(HttpRequest request, string etag) =>
        request.Headers.IfNoneMatch.Any(tags => tags is not null && tags.Split(',', StringSplitOptions.TrimEntries).Contains(etag));

    private static IResult Missing(string id) => new Problem(Problems.NotFound, new(
        $"Snapshot {id} is not published, or has no such file.", $"快照 {id} 未发布,或没有该文件。")).Answer();
}
