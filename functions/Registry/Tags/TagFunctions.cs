using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class TagFunctions(RecordApi api)
{
    [Function("Tags")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/tags")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(Tag.Type, request, cancellation);

    [Function("Tag")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/tags/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(Tag.Type, request, id, cancellation);

    [Function("TagPart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/tags/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(Tag.Type, request, id, part, cancellation);
}
