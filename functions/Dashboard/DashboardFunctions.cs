namespace FriendCity.Dashboard;

/// <summary>The page leaders look at. It carries no records: the browser asks the API for them, with the reader's own key.</summary>
public sealed class DashboardFunctions(IConfiguration configuration)
{
    [Function("Dashboard")]
    public Task<IResult> Page(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "dashboard/{*path}")] HttpRequest request,
        string? path,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellation.ThrowIfCancellationRequested();
        DashboardHeaders.Apply(request.HttpContext.Response.Headers);
        var asset = DashboardAssets.Find(path, DashboardView.From(configuration));
        return Task.FromResult(asset?.ToResult() ?? NotFound());
    }

    private static IResult NotFound() => Results.Problem(
        title: "There is no such page.",
        detail: "The dashboard is at /dashboard.",
        statusCode: StatusCodes.Status404NotFound,
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = "not_found" });
}
