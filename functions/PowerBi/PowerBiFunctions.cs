namespace FriendCity.PowerBi;

/// <summary>
/// What leads Power BI to this service. The files and the page carry addresses and no records, so they are open to all; the data is not.
/// Routes are literal: none of them can take an address that belongs to another.
/// </summary>
public sealed class PowerBiFunctions(PowerBiApi api)
{
    [Function("PowerBi")]
    public Task<IResult> Guide([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "powerbi")] HttpRequest request,
        CancellationToken cancellationToken) =>
        Task.FromResult(api.Guide(request));

    [Function("PowerBiConnect")]
    public Task<IResult> Connect([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "powerbi/connect.pbids")] HttpRequest request,
        CancellationToken cancellationToken) =>
        Task.FromResult(api.Connect(request));

    [Function("PowerBiStorage")]
    public Task<IResult> Storage([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "powerbi/storage.pbids")] HttpRequest request,
        CancellationToken cancellationToken) =>
        Task.FromResult(api.Storage(request));

    [Function("PowerBiProject")]
    public Task<IResult> Project([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "powerbi/project.zip")] HttpRequest request,
        CancellationToken cancellationToken) =>
        Task.FromResult(api.Project(request));

    [Function("PowerBiData")]
    public Task<IResult> Data([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "powerbi/data/{*path}")] HttpRequest request,
        string? path, CancellationToken cancellationToken) =>
        api.DataAsync(request, path, cancellationToken);
}
