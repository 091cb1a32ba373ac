using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class OfficialRoleFunctions(RecordApi api)
{
    [Function("OfficialRoles")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/official-roles")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(OfficialRole.Type, request, cancellation);

    [Function("OfficialRole")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/official-roles/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(OfficialRole.Type, request, id, cancellation);

    [Function("OfficialRolePart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/official-roles/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(OfficialRole.Type, request, id, part, cancellation);
}
