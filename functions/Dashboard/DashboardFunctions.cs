using FriendCity.Dashboard.Data;
using FriendCity.Http.Errors;

namespace FriendCity.Dashboard;

/// <summary>The page leaders look at. It carries no records: the browser asks the API for them, with the reader's own key.</summary>
public sealed class DashboardFunctions(IConfiguration configuration, DashboardApi api)
{
    [Function("DashboardData")]
    public Task<IResult> Data([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/dashboard")] HttpRequest request,
        CancellationToken cancellationToken) => api.Answer(request, cancellationToken);

    [Function("Dashboard")]
    public Task<IResult> Page(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{*path}")] HttpRequest request,
        string? path,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        DashboardHeaders.Apply(request.HttpContext.Response.Headers);
        var asset = DashboardAssets.Find(path, configuration.DefaultView().Name);
        return Task.FromResult(asset?.ToResult() ?? new Problem(Problems.NotFound, new("The dashboard is at /dashboard.", "概览页地址为 /dashboard。"))
            .ToResult());
    }
}
