using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class SectorFunctions(RecordApi api)
{
    [Function("Sectors")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/sectors")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(Sector.Type, request, cancellation);

    [Function("Sector")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/sectors/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(Sector.Type, request, id, cancellation);

    [Function("SectorPart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/sectors/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(Sector.Type, request, id, part, cancellation);
}
