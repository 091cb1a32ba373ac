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

    internal Task<IResult> Values(HttpRequest request, CancellationToken cancellation) => Guard.RunAsync(request, _log, async () =>
    {
        var (asked, malformed) = KpiRequest.Read(request, _standard, _calendar);
        if (asked is null)
            return malformed!.Answer();
        var (context, problem) = await _reads.ContextAsync(asked, cancellation);
        if (context is null)
            return problem!.Answer();

        var values = KpiCatalogue.Values(context).ToList();
        return new JsonResult(writer => KpiJson.Write(writer, context, values, Languages.Of(request)));
    });
}
