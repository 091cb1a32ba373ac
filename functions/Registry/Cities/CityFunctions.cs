using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class CityFunctions(RecordApi api)
{
    [Function("Cities")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/cities")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(City.Type, request, cancellation);

    [Function("City")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/cities/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(City.Type, request, id, cancellation);

    [Function("CityPart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/cities/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(City.Type, request, id, part, cancellation);
}
