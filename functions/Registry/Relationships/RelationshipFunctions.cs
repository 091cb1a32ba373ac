using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class RelationshipFunctions(RecordApi api)
{
    [Function("Relationships")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/relationships")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(Relationship.Type, request, cancellation);

    [Function("Relationship")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/relationships/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(Relationship.Type, request, id, cancellation);

    [Function("RelationshipPart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/relationships/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(Relationship.Type, request, id, part, cancellation);
}
