using System.Security.Cryptography;
using FriendCity.Http;
using FriendCity.Kpis.Api;
using FriendCity.Kpis.Model;

namespace FriendCity.Dashboard.Data;

/// <summary>
/// All that the page shows first, in one answer and one language. The ETag is a hash of the answer, so every instance gives the same for the
/// same records.
/// </summary>
internal sealed class DashboardDataFunctions(KpiReads reads, OfficeCalendar calendar, KpiPreset standard)
{
    [Function("DashboardData")]
    public async Task<IResult> Data([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/dashboard")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var asked = reads.Read(request, "asOf", Languages.Parameter);
        var language = Languages.Asked(request);
        var view = KpiPreset.Find(Parameters.Text(request, "view") ?? "") ?? standard;
        var page = new DashboardPage(view, asked, calendar.Today, language);
        var json = await reads.OnceAsync(request, asked, $"dashboard|{view.Name}|{page.Today:O}|{language}",
            context => writer => page.Write(writer, context), cancellationToken);
        var etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(json.Span)[..16])}\"";
        return Preconditions.NotModified(request, etag, JsonResult.CacheControl)
            ?? new JsonResult(writer => writer.WriteRawValue(json.Span, skipInputValidation: true), etag: etag);
    }
}
