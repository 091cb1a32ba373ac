using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class MilestoneFunctions(RecordApi api)
{
    [Function("Milestones")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/milestones")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(Milestone.Type, request, cancellation);

    [Function("Milestone")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/milestones/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(Milestone.Type, request, id, cancellation);

    [Function("MilestonePart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/milestones/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(Milestone.Type, request, id, part, cancellation);
}
