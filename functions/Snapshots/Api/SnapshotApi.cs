using FriendCity.Access;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Operations;
using FriendCity.Snapshots.Comparison;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Pointers;
using FriendCity.Snapshots.Publishing;

namespace FriendCity.Snapshots.Api;

/// <summary>Snapshots over HTTP: the list, manifests and files; runs and back-fills, as operations.</summary>
public sealed class SnapshotApi
{
    private const int ShownDifferences = 100;
    private const int MaxDifferences = 10_000;

    private readonly SnapshotStore _store;
    private readonly SnapshotContent _content;
    private readonly OperationRunner _operations;
    private readonly OfficeCalendar _calendar;
    private readonly ILogger _log;

    internal SnapshotApi(SnapshotStore store, SnapshotContent content, OperationRunner operations, OfficeCalendar calendar,
        ILogger<SnapshotApi> log) =>
        (_store, _content, _operations, _calendar, _log) = (store, content, operations, calendar, log);

    /// <summary><c>api/v1/snapshots</c>: list (get), make one (post).</summary>
    internal Task<IResult> Collection(HttpRequest request, CancellationToken cancellationToken) =>
        ExceptionMapper.RunAsync(request, _log, () => request.Method == HttpMethods.Post
            ? RunAsync(request, cancellationToken) : ListAsync(request, cancellationToken));

    /// <summary><c>api/v1/snapshots/{id}</c>: the manifest.</summary>
    internal Task<IResult> Manifest(HttpRequest request, string id, CancellationToken cancellationToken) =>
        ExceptionMapper.RunAsync(request, _log, async () =>
        Parameters.Check(request) is { } unknown ? unknown.ToResult() : await _content.ManifestAsync(request, id, cancellationToken));

    /// <summary><c>api/v1/snapshots/{id}/files/{name}</c>: a file that the manifest names.</summary>
    internal Task<IResult> File(HttpRequest request, string id, string name, CancellationToken cancellationToken) =>
        ExceptionMapper.RunAsync(request, _log, async () =>
        Parameters.Check(request) is { } unknown ? unknown.ToResult() : await _content.FileAsync(request, id, name, cancellationToken));

    /// <summary>
    /// <c>api/v1/snapshots/{a}/compare/{b}</c>: what came, went or changed from one snapshot to the other; <c>top</c> differences a table are
    /// shown.
    /// </summary>
    internal Task<IResult> Compare(HttpRequest request, string a, string b, CancellationToken cancellationToken) =>
        ExceptionMapper.RunAsync(request, _log, async () =>
    {
        if (Parameters.Check(request, "top") is { } unknown)
            return unknown.ToResult();
        var (top, problem) = Parameters.Integer(request, "top", ShownDifferences, 0, MaxDifferences);
        if (problem is not null)
            return problem.ToResult();
        var published = await _store.PublishedAsync(cancellationToken);
        if (new[] { a, b }.FirstOrDefault(id => published.All(each => each.Id != id)) is { } missing)
            return SnapshotContent.Missing(missing);

        var changes = new List<TableChange>();
        foreach (var table in SnapshotTables.All)
        {
            await using var before = await _store.WriteTempAsync(a, table, SnapshotFormat.Csv, cancellationToken);
            await using var after = await _store.WriteTempAsync(b, table, SnapshotFormat.Csv, cancellationToken);
            changes.Add(TableCompare.Compare(table, before, after, top, cancellationToken));
        }

        return new JsonResult(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("from", a);
            writer.WriteString("to", b);
            writer.WriteStartObject("tables");
            foreach (var change in changes)
                change.Write(writer);
            writer.WriteEndObject();
            writer.WriteEndObject();
        });
    });

    /// <summary><c>api/v1/snapshots/{id}/verify</c>: verifies it, as an operation.</summary>
    internal Task<IResult> Verify(HttpRequest request, string id, CancellationToken cancellationToken) =>
        ExceptionMapper.RunAsync(request, _log, async () =>
    {
        if (Parameters.Check(request) is { } unknown)
            return unknown.ToResult();
        return (await _store.PublishedAsync(cancellationToken)).Any(each => each.Id == id)
            ? OperationApi.Accepted(request, await _operations.StartAsync(SnapshotJobs.Verify, SnapshotJobs.Input(id),
                Caller.Of(request.HttpContext).Name, cancellationToken))
            : SnapshotContent.Missing(id);
    });

    private async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken) =>
        Parameters.Check(request) is { } unknown
            ? unknown.ToResult() : JsonResult.List(await _store.PublishedAsync(cancellationToken), PointerJson.Write, null);

    private async Task<IResult> RunAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // Storage has answered before the calendar is asked: which day it is does not hang on this machine's clock.
        await _store.PublishedAsync(cancellationToken);
        var today = _calendar.Today;
        var (day, days, problem) = SnapshotRequest.Read(request, today);
        if (problem is not null)
            return problem.ToResult();
        var kind = days.Count > 0 ? SnapshotJobs.Backfill : SnapshotJobs.Snapshot;
        return OperationApi.Accepted(request, await _operations.StartAsync(
            kind, SnapshotJobs.Input(day, provisional: day == today, days), Caller.Of(request.HttpContext).Name, cancellationToken));
    }
}
