using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class ReportedFigureFunctions(RecordApi api)
{
    [Function("ReportedFigures")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/reported-figures")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(ReportedFigure.Type, request, cancellation);

    [Function("ReportedFigure")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/reported-figures/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(ReportedFigure.Type, request, id, cancellation);

    [Function("ReportedFigurePart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/reported-figures/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(ReportedFigure.Type, request, id, part, cancellation);
}
