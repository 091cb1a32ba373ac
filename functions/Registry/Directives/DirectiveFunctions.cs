using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class DirectiveFunctions(RecordApi api)
{
    [Function("Directives")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/directives")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(Directive.Type, request, cancellation);

    [Function("Directive")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/directives/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(Directive.Type, request, id, cancellation);

    [Function("DirectivePart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/directives/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(Directive.Type, request, id, part, cancellation);
}
