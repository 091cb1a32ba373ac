using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class OrganisationFunctions(RecordApi api)
{
    [Function("Organisations")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/organisations")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(Organisation.Type, request, cancellation);

    [Function("Organisation")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/organisations/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(Organisation.Type, request, id, cancellation);

    [Function("OrganisationPart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/organisations/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(Organisation.Type, request, id, part, cancellation);
}
