using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class ExchangeRateFunctions(RecordApi api)
{
    [Function("ExchangeRates")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/exchange-rates")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(ExchangeRate.Type, request, cancellation);

    [Function("ExchangeRate")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/exchange-rates/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(ExchangeRate.Type, request, id, cancellation);

    [Function("ExchangeRatePart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/exchange-rates/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(ExchangeRate.Type, request, id, part, cancellation);
}
