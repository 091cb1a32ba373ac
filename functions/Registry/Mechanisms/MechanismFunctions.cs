using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class MechanismFunctions(RecordApi api)
{
    [Function("Mechanisms")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/mechanisms")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(Mechanism.Type, request, cancellation);

    [Function("Mechanism")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/mechanisms/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(Mechanism.Type, request, id, cancellation);

    [Function("MechanismPart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/mechanisms/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(Mechanism.Type, request, id, part, cancellation);
}
