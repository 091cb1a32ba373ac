using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class CountryRiskFunctions(RecordApi api)
{
    [Function("CountryRisks")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/country-risks")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(CountryRisk.Type, request, cancellation);

    [Function("CountryRisk")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/country-risks/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(CountryRisk.Type, request, id, cancellation);

    [Function("CountryRiskPart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/country-risks/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(CountryRisk.Type, request, id, part, cancellation);
}
