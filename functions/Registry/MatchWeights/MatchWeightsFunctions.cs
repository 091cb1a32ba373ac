using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class MatchWeightsFunctions(RecordApi api)
{
    [Function("MatchWeightsList")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/match-weights")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(MatchWeights.Type, request, cancellation);

    [Function("MatchWeights")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/match-weights/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(MatchWeights.Type, request, id, cancellation);

    [Function("MatchWeightsPart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/match-weights/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(MatchWeights.Type, request, id, part, cancellation);
}
