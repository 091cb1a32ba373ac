using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class PolicyProfileFunctions(RecordApi api)
{
    [Function("PolicyProfiles")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/policy-profiles")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(PolicyProfile.Type, request, cancellation);

    [Function("PolicyProfile")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/policy-profiles/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(PolicyProfile.Type, request, id, cancellation);

    [Function("PolicyProfilePart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/policy-profiles/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(PolicyProfile.Type, request, id, part, cancellation);
}
