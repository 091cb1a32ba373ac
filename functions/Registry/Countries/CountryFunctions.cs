using FriendCity.Http;

namespace FriendCity.Registry;

public sealed class CountryFunctions(RecordApi api)
{
    [Function("Countries")]
    public Task<IResult> Collection([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/countries")] HttpRequest request, CancellationToken cancellation) =>
        api.Collection(Country.Type, request, cancellation);

    [Function("Country")]
    public Task<IResult> Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "patch", "delete", Route = "api/v1/countries/{id}")] HttpRequest request, string id, CancellationToken cancellation) =>
        api.Item(Country.Type, request, id, cancellation);

    [Function("CountryPart")]
    public Task<IResult> Part([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/v1/countries/{id}/{part}")] HttpRequest request, string id, string part, CancellationToken cancellation) =>
        api.Part(Country.Type, request, id, part, cancellation);
}
