using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class SourceDocumentFunctions(RecordApi api)
{
    [Function("Sources")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/sources")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(SourceDocument.Type, request, cancellation);

    [Function("Source")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/sources/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(SourceDocument.Type, request, id, cancellation);

    [Function("SourcePart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/sources/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(SourceDocument.Type, request, id, part, cancellation);
}
