using FriendCity.Http;

namespace FriendCity.Kpis;

/// <summary>Answers for figures: the same functions that fill the nightly snapshot, on the records of this moment or of another.</summary>
public sealed class KpiApi
{
    private readonly KpiReads _reads;
    private readonly OfficeCalendar _calendar;
    private readonly KpiView _standard;
    private readonly ILogger _log;

    internal KpiApi(KpiReads reads, OfficeCalendar calendar, KpiView standard, ILogger<KpiApi> log) => (_reads, _calendar, _standard, _log) = (reads, calendar, standard, log);

    /// <summary><c>api/v1/kpis</c>: every figure.</summary>
    internal Task<IResult> Values(HttpRequest request, CancellationToken cancellation) => Guard.RunAsync(request, _log, () => ValuesAsync(KpiCatalogue.All, request, cancellation));

    /// <summary><c>api/v1/kpis/{id}</c>: one figure.</summary>
    internal Task<IResult> Item(HttpRequest request, string id, CancellationToken cancellation) => Guard.RunAsync(request, _log, () => id switch
    {
        "catalogue" => Task.FromResult(CatalogueJson.Answer(request)),
        _ => Find(id) is { } kpi ? ValuesAsync([kpi], request, cancellation) : Missing(id),
    });

    /// <summary><c>api/v1/kpis/{id}/{part}</c>: series.</summary>
    internal Task<IResult> Part(HttpRequest request, string id, string part, CancellationToken cancellation) => Guard.RunAsync(request, _log, () => (Find(id), part) switch
    {
        (null, _) => Missing(id),
        ({ } kpi, "series") => SeriesAsync(kpi, request, cancellation),
        _ => Task.FromResult(new Problem(Problems.NotFound).Answer()),
    });

    private async Task<IResult> ValuesAsync(IReadOnlyList<Kpi> kpis, HttpRequest request, CancellationToken cancellation)
    {
        var (asked, malformed) = KpiRequest.Read(request, _standard, _calendar, "asOf");
        if (asked is null)
            return malformed!.Answer();
        var (context, problem) = await _reads.ContextAsync(request, asked, cancellation);
        if (context is null)
            return problem!.Answer();

        var values = kpis.SelectMany(kpi => kpi.Values(context)).ToList();
        return new JsonResult(writer => KpiJson.Write(writer, asked, values, Languages.Of(request)));
    }

    private async Task<IResult> SeriesAsync(Kpi kpi, HttpRequest request, CancellationToken cancellation)
    {
        var (asked, days, malformed) = SeriesRequest.Read(request, _standard, _calendar);
        if (asked is null)
            return malformed!.Answer();
        var (context, problem) = await _reads.ContextAsync(request, asked, cancellation);
        if (context is null)
            return problem!.Answer();

        var series = KpiSeries.Of(kpi, context, days, cancellation);
        return new JsonResult(writer => SeriesJson.Write(writer, kpi, asked, days, series, Languages.Of(request)));
    }

    private static Kpi? Find(string id) => KpiCatalogue.All.FirstOrDefault(kpi => kpi.Id == id);

    private static Task<IResult> Missing(string id) =>
        Task.FromResult(new Problem(Problems.NotFound, new($"There is no figure '{id}'; see /api/v1/kpis.", $"没有指标“{id}”,参见 /api/v1/kpis。")).Answer());
}
