using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class ProjectFunctions(RecordApi api)
{
    [Function("Projects")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/projects")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(Project.Type, request, cancellation);

    [Function("Project")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/projects/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(Project.Type, request, id, cancellation);

    [Function("ProjectPart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/projects/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(Project.Type, request, id, part, cancellation);
}
