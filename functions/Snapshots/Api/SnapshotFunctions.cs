namespace FriendCity.Snapshots.Api;

public sealed class SnapshotFunctions(SnapshotApi api, NightlySnapshot nightly)
{
    [Function("Snapshots")]
    public Task<IResult> Collection(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "api/v1/snapshots")] HttpRequest request,
        CancellationToken cancellation) =>
        api.Collection(request, cancellation);

    [Function("Snapshot")]
    public Task<IResult> Manifest([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/snapshots/{id}")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        api.Manifest(request, id, cancellation);

    [Function("SnapshotFile")]
    public Task<IResult> File(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/snapshots/{id}/files/{name}")] HttpRequest request, string id,
        string name, CancellationToken cancellation) =>
        api.File(request, id, name, cancellation);

    [Function("SnapshotCompare")]
    public Task<IResult> Compare(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/snapshots/{a}/compare/{b}")] HttpRequest request, string a,
        string b, CancellationToken cancellation) =>
        api.Compare(request, a, b, cancellation);

    [Function("SnapshotVerify")]
    public Task<IResult> Verify([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/snapshots/{id}/verify")] HttpRequest request,
        string id, CancellationToken cancellation) =>
        api.Verify(request, id, cancellation);

    [Function("NightlySnapshot")]
    public Task Nightly([TimerTrigger("%NightlySchedule%")] TimerInfo timer, CancellationToken cancellation) => nightly.RunAsync(timer, cancellation);
}
