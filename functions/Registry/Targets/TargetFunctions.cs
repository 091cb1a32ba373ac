using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class TargetFunctions(RecordApi api)
{
    [Function("Targets")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/targets")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(Target.Type, request, cancellation);

    [Function("Target")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/targets/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(Target.Type, request, id, cancellation);

    [Function("TargetPart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/targets/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(Target.Type, request, id, part, cancellation);
}
