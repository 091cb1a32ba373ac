namespace FriendCity.Kpis;

public sealed class KpiFunctions(KpiApi api)
{
    [Function("Kpis")]
    public Task<IResult> Kpis([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/v1/kpis")] HttpRequest request, CancellationToken cancellation) =>
        api.Values(request, cancellation);
}
