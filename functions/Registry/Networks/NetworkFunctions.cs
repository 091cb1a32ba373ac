using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class NetworkFunctions(RecordApi api)
{
    [Function("Networks")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/networks")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(Network.Type, request, cancellation);

    [Function("Network")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/networks/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(Network.Type, request, id, cancellation);

    [Function("NetworkPart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/networks/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(Network.Type, request, id, part, cancellation);
}
