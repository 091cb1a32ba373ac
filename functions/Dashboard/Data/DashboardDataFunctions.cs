using FriendCity.Http;
using FriendCity.Kpis.Api;

namespace FriendCity.Dashboard.Data;

/// <summary>
/// All that the page shows first, in one answer and one language. The ETag is a hash of the answer, so every instance gives the same for the
/// same records.
/// </summary>
internal sealed class DashboardDataFunctions(KpiReads reads, OfficeCalendar calendar)
{
    [Function("DashboardData")]
    public async Task<IResult> Data([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/dashboard")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var asked = reads.Read(request, "asOf", Languages.Parameter);
        var language = Languages.Asked(request);
        var page = new DashboardPage(asked, calendar.Today, language);
        var json = await reads.OnceAsync(request, asked, $"dashboard|{asked.View.Name}|{page.Today:O}|{language}",
            context => writer => page.Write(writer, context), cancellationToken);
        return Preconditions.NotModified(request, json.ETag, JsonResult.CacheControl) ?? new JsonResult(json.Write, etag: json.ETag);
    }
}
