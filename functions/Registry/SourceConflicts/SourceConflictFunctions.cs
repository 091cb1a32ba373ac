using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class SourceConflictFunctions(RecordApi api)
{
    [Function("SourceConflicts")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/source-conflicts")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(SourceConflict.Type, request, cancellation);

    [Function("SourceConflict")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/source-conflicts/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(SourceConflict.Type, request, id, cancellation);

    [Function("SourceConflictPart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/source-conflicts/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(SourceConflict.Type, request, id, part, cancellation);
}
