using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class AgreementFunctions(RecordApi api)
{
    [Function("Agreements")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/agreements")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(Agreement.Type, request, cancellation);

    [Function("Agreement")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/agreements/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(Agreement.Type, request, id, cancellation);

    [Function("AgreementPart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/agreements/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(Agreement.Type, request, id, part, cancellation);
}
