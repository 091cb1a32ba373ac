using FriendCity.Http;
using FriendCity.Operations;
using FriendCity.Snapshots.Comparison;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Pointers;
using FriendCity.Snapshots.Publishing;

namespace FriendCity.Snapshots.Api;

/// <summary>Snapshots over HTTP: the list, manifests and files; runs and back-fills, as operations.</summary>
internal sealed class SnapshotFunctions(SnapshotStore store, SnapshotContent content, OperationStart operations, OfficeCalendar calendar)
{
    private const int ShownDifferences = 100;
    private const int MaxDifferences = 10_000;

    [Function("Snapshots")]
    public Task<IResult> Collection(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "api/v1/snapshots")] HttpRequest request,
        CancellationToken cancellationToken) =>
        request.Method == HttpMethods.Post ? RunAsync(request, cancellationToken) : ListAsync(request, cancellationToken);

    [Function("Snapshot")]
    public Task<IResult> Manifest([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/snapshots/{id}")] HttpRequest request,
        string id, CancellationToken cancellationToken)
    {
        Parameters.Check(request);
        return content.ManifestAsync(request, id, cancellationToken);
    }

    /// <summary>A file that the manifest names.</summary>
    [Function("SnapshotFile")]
    public Task<IResult> File(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/snapshots/{id}/files/{name}")] HttpRequest request, string id,
        string name, CancellationToken cancellationToken)
    {
        Parameters.Check(request);
        return content.FileAsync(request, id, name, cancellationToken);
    }

    /// <summary>What came, went or changed from one snapshot to the other; <c>top</c> differences a table are shown.</summary>
    [Function("SnapshotCompare")]
    public async Task<IResult> Compare(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/snapshots/{a}/compare/{b}")] HttpRequest request, string a,
        string b, CancellationToken cancellationToken)
    {
        Parameters.Check(request, "top");
        var top = Parameters.Integer(request, "top", ShownDifferences, 0, MaxDifferences);
        var published = await store.PublishedAsync(cancellationToken);
        if (new[] { a, b }.FirstOrDefault(id => published.All(each => each.Id != id)) is { } missing)
            return SnapshotContent.Missing(missing);

        var changes = new List<TableChange>();
        foreach (var table in SnapshotTables.All)
        {
            await using var before = await store.TableAsync(a, table, cancellationToken);
            await using var after = await store.TableAsync(b, table, cancellationToken);
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
    }

    /// <summary>Verifies a snapshot, as an operation.</summary>
    [Function("SnapshotVerify")]
    public async Task<IResult> Verify(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/snapshots/{id}/verify")] HttpRequest request,
        string id, CancellationToken cancellationToken)
    {
        Parameters.Check(request);
        return (await store.PublishedAsync(cancellationToken)).Any(each => each.Id == id)
            ? await operations.StartAsync(request, SnapshotJobs.Verify, SnapshotJobs.Input(id), cancellationToken)
            : SnapshotContent.Missing(id);
    }

    private async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        Parameters.Check(request);
        return JsonResult.List(await store.PublishedAsync(cancellationToken), PointerJson.Write, null);
    }

    private async Task<IResult> RunAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // Storage has answered before the calendar is asked: which day it is does not hang on this machine's clock.
        await store.PublishedAsync(cancellationToken);
        var today = calendar.Today;
        var (day, days) = SnapshotRequest.Read(request, today);
        var kind = days.Count > 0 ? SnapshotJobs.Backfill : SnapshotJobs.Snapshot;
        return await operations.StartAsync(request, kind, SnapshotJobs.Input(day, provisional: day == today, days), cancellationToken);
    }
}
