using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class CentreFunctions(RecordApi api)
{
    [Function("Centres")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/centres")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(Centre.Type, request, cancellation);

    [Function("Centre")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/centres/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(Centre.Type, request, id, cancellation);

    [Function("CentrePart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/centres/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(Centre.Type, request, id, part, cancellation);
}
