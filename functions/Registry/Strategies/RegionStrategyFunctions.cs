using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class RegionStrategyFunctions(RecordApi api)
{
    [Function("Strategies")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/strategies")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(RegionStrategy.Type, request, cancellation);

    [Function("Strategy")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/strategies/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(RegionStrategy.Type, request, id, cancellation);

    [Function("StrategyPart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/strategies/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(RegionStrategy.Type, request, id, part, cancellation);
}
