using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class TransportLinkFunctions(RecordApi api)
{
    [Function("TransportLinks")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/transport-links")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(TransportLink.Type, request, cancellation);

    [Function("TransportLink")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/transport-links/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(TransportLink.Type, request, id, cancellation);

    [Function("TransportLinkPart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/transport-links/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(TransportLink.Type, request, id, part, cancellation);
}
