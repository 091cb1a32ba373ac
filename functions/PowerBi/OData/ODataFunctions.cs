namespace FriendCity.PowerBi.OData;

/// <summary>
/// The feed of "OData feed" in Power BI and Excel. All below <c>/odata</c> is one route: keys in brackets and <c>$</c> segments are ours to
/// read.
/// </summary>
public sealed class ODataFunctions(ODataApi api)
{
    [Function("OData")]
    public Task<IResult> Feed(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "odata/{*path}")] HttpRequest request,
        string? path,
        CancellationToken cancellationToken) => api.AnswerAsync(request, path, cancellationToken);
}
