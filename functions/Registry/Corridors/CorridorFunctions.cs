using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class CorridorFunctions(RecordApi api)
{
    [Function("Corridors")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/corridors")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(Corridor.Type, request, cancellation);

    [Function("Corridor")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/corridors/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(Corridor.Type, request, id, cancellation);

    [Function("CorridorPart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/corridors/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(Corridor.Type, request, id, part, cancellation);
}
