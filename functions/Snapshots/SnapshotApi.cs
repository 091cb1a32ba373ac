using FriendCity.Http;
using FriendCity.Records;

namespace FriendCity.Snapshots;

/// <summary>Snapshots over HTTP: the list, one run now, manifests and files.</summary>
public sealed class SnapshotApi
{
    private readonly SnapshotStore _store;
    private readonly SnapshotRun _run;
    private readonly OfficeCalendar _calendar;
    private readonly ILogger _log;

    internal SnapshotApi(SnapshotStore store, SnapshotRun run, OfficeCalendar calendar, ILogger<SnapshotApi> log) =>
        (_store, _run, _calendar, _log) = (store, run, calendar, log);

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
        return await _store.OpenAsync(id, name, null, cancellation) is { } content
            ? new SnapshotFileResult(content.Content, content.Length, content.ContentType, etag)
            : Missing(id);
    });

    private async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellation) =>
        Parameters.Check(request) is { } unknown ? unknown.Answer() : JsonResult.List(await _store.PublishedAsync(cancellation), CurrentPointer.Write, null);

    private async Task<IResult> RunAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (Parameters.Check(request, "date") is { } unknown)
            return unknown.Answer();
        var today = _calendar.Today;
        var day = today;
        if (Parameters.Text(request, "date") is { } text && (!DateKind.TryParse(text, out day) || day > today))
            return Problems.Parameter(
                "date", $"a day as yyyy-MM-dd, not after {Cells.Format(today)}.", $"日期格式为 yyyy-MM-dd,且不晚于 {Cells.Format(today)}。").Answer();

        return await _run.RunAsync(new SnapshotOrder(day, Provisional: day == today, Once: false), cancellation) switch
        {
            SnapshotOutcome.Published { Manifest: var manifest } => new JsonResult(
                manifest.Write, StatusCodes.Status201Created, location: PublicAddress.Of(request, $"/api/v1/snapshots/{manifest.Id}")),
            SnapshotOutcome.Overtaken => Running(new("This run lost its lease and published nothing.", "本次运行失去租约,未发布任何内容。")),
            SnapshotOutcome.Busy => Running(null),
            var outcome => throw new InvalidOperationException($"No answer for {outcome.GetType().Name}."),
        };
    }

    /// <summary>The manifest of a published snapshot, or null.</summary>
    private async Task<byte[]?> ManifestAsync(string id, CancellationToken cancellation) =>
        (await _store.PublishedAsync(cancellation)).Any(each => each.Id == id) ? await _store.BytesAsync(id, SnapshotManifest.FileName, cancellation) : null;

    private static string Tag(string sha256) => $"\"{sha256}\"";

    private static bool Holds(HttpRequest request, string etag) =>
        request.Headers.IfNoneMatch.Any(tags => tags is not null && tags.Split(',', StringSplitOptions.TrimEntries).Contains(etag));

    private static IResult Running(Text? detail) => new Problem(Problems.SnapshotRunning, detail) { RetryAfter = 60 }.Answer();

    private static IResult Missing(string id) => new Problem(Problems.NotFound, new(
        $"Snapshot {id} is not published, or has no such file.", $"快照 {id} 未发布,或没有该文件。")).Answer();
}
