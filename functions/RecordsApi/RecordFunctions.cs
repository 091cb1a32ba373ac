namespace FriendCity.RecordsApi;

/// <summary>
/// The REST surface of every record type. The names sort behind those of all literal routes, since the Functions host tries routes in order
/// of name and takes the first that fits.
/// </summary>
public sealed class RecordFunctions(RecordApi api)
{
    [Function("XRecords")]
    public Task<IResult> Collection(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "api/v1/{type}")] HttpRequest request,
        string type, CancellationToken cancellationToken) => api.Collection(type, request, cancellationToken);

    [Function("XRecord")]
    public Task<IResult> Item(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "put", "patch", "delete", Route = "api/v1/{type}/{id}")] HttpRequest request,
        string type, string id, CancellationToken cancellationToken) => api.Item(type, request, id, cancellationToken);

    [Function("XRecordPart")]
    public Task<IResult> Part(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "api/v1/{type}/{id}/{part}")] HttpRequest request,
        string type, string id, string part, CancellationToken cancellationToken) => api.Part(type, request, id, part, cancellationToken);

    [Function("XRecordPartItem")]
    public Task<IResult> PartItem(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "put", "delete", Route = "api/v1/{type}/{id}/{part}/{name}")] HttpRequest request,
        string type, string id, string part, string name, CancellationToken cancellationToken) => api.PartItem(type, request, id, part, name,
        cancellationToken);
}
