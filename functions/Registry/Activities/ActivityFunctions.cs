using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class ActivityFunctions(RecordApi api)
{
    [Function("Activities")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/activities")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(Activity.Type, request, cancellation);

    [Function("Activity")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/activities/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(Activity.Type, request, id, cancellation);

    [Function("ActivityPart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/activities/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(Activity.Type, request, id, part, cancellation);
}
