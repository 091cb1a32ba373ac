using FriendCity.Http.Errors;
using FriendCity.Kpis.Model;

namespace FriendCity.Dashboard;

/// <summary>The page leaders look at. It carries no records: the browser asks the API for them, with the reader's own key.</summary>
internal sealed class DashboardFunctions(KpiPresets presets, KeyContact contact)
{
    [Function("Dashboard")]
    public Task<IResult> Page(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "dashboard/{*path}")] HttpRequest request,
        string? path,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DashboardHeaders.Apply(request.HttpContext.Response.Headers);
        var asset = DashboardAssets.Find(path, presets, contact);
        return Task.FromResult(asset?.ToResult(request)
            ?? new Problem(Problems.NotFound, new("The dashboard is at /dashboard.", "概览页地址为 /dashboard。")).ToResult());
    }
}
