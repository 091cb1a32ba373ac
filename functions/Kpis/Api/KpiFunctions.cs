namespace FriendCity.Kpis.Api;

public sealed class KpiFunctions(KpiApi api)
{
    [Function("Kpis")]
    public Task<IResult> Kpis([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/kpis")] HttpRequest request,
        CancellationToken cancellationToken) =>
        api.Values(request, cancellationToken);

    [Function("Kpi")]
    public Task<IResult> Kpi([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/kpis/{id}")] HttpRequest request, string id,
        CancellationToken cancellationToken) =>
        api.Item(request, id, cancellationToken);

    [Function("KpiPart")]
    public Task<IResult> KpiPart([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/kpis/{id}/{part}")] HttpRequest request,
        string id, string part, CancellationToken cancellationToken) =>
        api.Part(request, id, part, cancellationToken);
}
