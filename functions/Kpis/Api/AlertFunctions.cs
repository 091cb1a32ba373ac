namespace FriendCity.Kpis.Api;

public sealed class AlertFunctions(AlertApi api)
{
    [Function("Alerts")]
    public Task<IResult> Alerts([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/alerts")] HttpRequest request,
        CancellationToken cancellationToken) => api.Alerts(request, cancellationToken);

    [Function("Anniversaries")]
    public Task<IResult> Anniversaries([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/anniversaries")] HttpRequest request,
        CancellationToken cancellationToken) => api.Anniversaries(request, cancellationToken);
}
