using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class HomeDemandFunctions(RecordApi api)
{
    [Function("HomeDemands")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/home-demands")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(HomeDemand.Type, request, cancellation);

    [Function("HomeDemand")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/home-demands/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(HomeDemand.Type, request, id, cancellation);

    [Function("HomeDemandPart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/home-demands/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(HomeDemand.Type, request, id, part, cancellation);
}
