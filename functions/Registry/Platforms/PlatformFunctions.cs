using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class PlatformFunctions(RecordApi api)
{
    [Function("Platforms")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/platforms")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(Platform.Type, request, cancellation);

    [Function("Platform")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/platforms/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(Platform.Type, request, id, cancellation);

    [Function("PlatformPart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/platforms/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(Platform.Type, request, id, part, cancellation);
}
