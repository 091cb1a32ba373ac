using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;

namespace FriendCity.Kpis.Api;

/// <summary>Answers for figures: the same functions that fill the nightly snapshot, on the records of this moment or of another.</summary>
public sealed class KpiApi
{
    private readonly KpiReads _reads;
    private readonly OfficeCalendar _calendar;
    private readonly KpiPreset _standard;
    private readonly ILogger _log;
    private readonly KpiRows _rows;
    private readonly KpiCompare _compare;

    internal KpiApi(KpiReads reads, OfficeCalendar calendar, KpiPreset standard, ILogger<KpiApi> log)
    {
        (_reads, _calendar, _standard, _log) = (reads, calendar, standard, log);
        (_rows, _compare) = (new KpiRows(reads, calendar, standard), new KpiCompare(reads, calendar, standard));
    }

    /// <summary><c>api/v1/kpis</c>: every figure.</summary>
    internal Task<IResult> Values(HttpRequest request, CancellationToken cancellationToken) =>
        ExceptionMapper.RunAsync(request, _log, () => ValuesAsync(KpiCatalogue.All, request, cancellationToken));

    /// <summary><c>api/v1/kpis/{id}</c>: one figure; <c>compare</c> tells what moved them, <c>catalogue</c> what they are.</summary>
    internal Task<IResult> Item(HttpRequest request, string id, CancellationToken cancellationToken) =>
        ExceptionMapper.RunAsync(request, _log, () => id switch
    {
        "catalogue" => Task.FromResult(CatalogueJson.Answer(request)),
        "compare" => _compare.AnswerAsync(request, cancellationToken),
        _ => KpiCatalogue.Find(id) is { } kpi ? ValuesAsync([kpi], request, cancellationToken) : Missing(id),
    });

    /// <summary><c>api/v1/kpis/{id}/{part}</c>: series, rows.</summary>
    internal Task<IResult> Part(HttpRequest request, string id, string part, CancellationToken cancellationToken) =>
        ExceptionMapper.RunAsync(request, _log, () => (KpiCatalogue.Find(id), part) switch
    {
        (null, _) => Missing(id),
        ({ } kpi, "series") => SeriesAsync(kpi, request, cancellationToken),
        ({ } kpi, "rows") => _rows.AnswerAsync(kpi, request, cancellationToken),
        _ => Task.FromResult(new Problem(Problems.NotFound).ToResult()),
    });

    private async Task<IResult> ValuesAsync(IReadOnlyList<Kpi> kpis, HttpRequest request, CancellationToken cancellationToken)
    {
        var (asked, malformed) = KpiRequest.Read(request, _standard, _calendar, "asOf");
        if (asked is null)
            return malformed!.ToResult();
        var language = Languages.Of(request);
        return await _reads.AnswerOnceAsync(request, asked, kpis.Count == 1 ? kpis[0].Id : "all", context =>
        {
            var values = kpis.SelectMany(kpi => kpi.Values(context)).ToList();
            return writer => KpiJson.Write(writer, asked, values, language);
        }, cancellationToken);
    }

    private async Task<IResult> SeriesAsync(Kpi kpi, HttpRequest request, CancellationToken cancellationToken)
    {
        var (asked, days, malformed) = SeriesRequest.Read(request, _standard, _calendar);
        if (asked is null)
            return malformed!.ToResult();
        var language = Languages.Of(request);
        return await _reads.AnswerAsync(request, asked, context =>
        {
            var series = KpiSeries.Of(kpi, context, days, cancellationToken);
            return new JsonResult(writer => SeriesJson.Write(writer, kpi, asked, days, series, language));
        }, cancellationToken);
    }

    private static Task<IResult> Missing(string id) =>
        Task.FromResult(new Problem(Problems.NotFound, new($"There is no figure '{id}'; see /api/v1/kpis.", $"没有指标“{id}”,参见 /api/v1/kpis。"))
            .ToResult());
}
