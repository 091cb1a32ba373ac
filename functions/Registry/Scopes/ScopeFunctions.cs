using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class ScopeFunctions(RecordApi api)
{
    [Function("Scopes")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/scopes")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(Scope.Type, request, cancellation);

    [Function("Scope")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/scopes/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(Scope.Type, request, id, cancellation);

    [Function("ScopePart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/scopes/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(Scope.Type, request, id, part, cancellation);
}
