namespace FriendCity.Snapshots.Api;

public sealed class SnapshotFunctions(SnapshotApi api, NightlySnapshot nightly)
{
    [Function("Snapshots")]
    public Task<IResult> Collection(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "api/v1/snapshots")] HttpRequest request,
        CancellationToken cancellationToken) =>
        api.Collection(request, cancellationToken);

    [Function("Snapshot")]
    public Task<IResult> Manifest([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/snapshots/{id}")] HttpRequest request,
        string id, CancellationToken cancellationToken) =>
        api.Manifest(request, id, cancellationToken);

    [Function("SnapshotFile")]
    public Task<IResult> File(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/snapshots/{id}/files/{name}")] HttpRequest request, string id,
        string name, CancellationToken cancellationToken) =>
        api.File(request, id, name, cancellationToken);

    [Function("SnapshotCompare")]
    public Task<IResult> Compare(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/snapshots/{a}/compare/{b}")] HttpRequest request, string a,
        string b, CancellationToken cancellationToken) =>
        api.Compare(request, a, b, cancellationToken);

    [Function("SnapshotVerify")]
    public Task<IResult> Verify([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/snapshots/{id}/verify")] HttpRequest request,
        string id, CancellationToken cancellationToken) =>
        api.Verify(request, id, cancellationToken);

    [Function("NightlySnapshot")]
    public Task Nightly([TimerTrigger("%NightlySchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        nightly.RunAsync(timer, cancellationToken);
}
