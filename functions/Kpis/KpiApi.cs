using FriendCity.Http;

namespace FriendCity.Kpis;

/// <summary>Answers for figures: the same functions that fill the nightly snapshot, on the records of this moment.</summary>
public sealed class KpiApi
{
    private readonly ViewReader _views;
    private readonly OfficeCalendar _calendar;
    private readonly KpiView _standard;
    private readonly ILogger _log;

    internal KpiApi(ViewReader views, OfficeCalendar calendar, KpiView standard, ILogger<KpiApi> log) =>
        (_views, _calendar, _standard, _log) = (views, calendar, standard, log);

    internal Task<IResult> Values(HttpRequest request, CancellationToken cancellation) => Guard.RunAsync(request, _log, async () =>
    {
        var (context, problem) = KpiRequest.Read(request, await _views.ReadAsync(request, cancellation), _standard, _calendar);
        if (context is null)
            return problem!.Answer();

        var values = KpiCatalogue.Values(context).ToList();
        return new JsonResult(writer => KpiJson.Write(writer, context, values, Languages.Of(request)));
    });
}
