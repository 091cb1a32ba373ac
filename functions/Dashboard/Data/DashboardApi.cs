using System.Security.Cryptography;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Kpis.Api;
using FriendCity.Kpis.Model;

namespace FriendCity.Dashboard.Data;

/// <summary>
/// <c>api/v1/dashboard</c>: all that the page shows first, in one answer and one language. The ETag is a hash of the answer, so every instance
/// gives the same for the same records.
/// </summary>
public sealed class DashboardApi
{
    private readonly KpiReads _reads;
    private readonly OfficeCalendar _calendar;
    private readonly KpiPreset _standard;
    private readonly ILogger _log;

    internal DashboardApi(KpiReads reads, OfficeCalendar calendar, KpiPreset standard, ILogger<DashboardApi> log) =>
        (_reads, _calendar, _standard, _log) = (reads, calendar, standard, log);

    internal Task<IResult> Answer(HttpRequest request, CancellationToken cancellationToken) => ExceptionMapper.RunAsync(request, _log, async () =>
    {
        var (asked, malformed) = KpiRequest.Read(request, _standard, _calendar, "asOf", Languages.Parameter);
        if (asked is null)
            return malformed!.ToResult();
        if (Languages.Read(request, out var language) is { } noLanguage)
            return noLanguage.ToResult();
        var view = KpiPreset.Find(Parameters.Text(request, "view") ?? "") ?? _standard;
        var page = new DashboardPage(view, asked, _calendar.Today, language);
        var (json, problem) = await _reads.OnceAsync(request, asked, $"dashboard|{view.Name}|{page.Today:O}|{language}",
            context => writer => page.Write(writer, context), cancellationToken);
        if (problem is not null)
            return problem.ToResult();
        var etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(json.Span)[..16])}\"";
        return Preconditions.Answer(request, etag, JsonResult.CacheControl)
            ?? new JsonResult(writer => writer.WriteRawValue(json.Span, skipInputValidation: true), etag: etag);
    });
}
