using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;

namespace FriendCity.Kpis.Api;

/// <summary>
/// Answers for figures: the same functions that fill the nightly snapshot, on the records of this moment or of another. The Functions host tries
/// routes in the order of names, so <c>KpiItem</c>, which takes any word, sorts behind the words that mean something else.
/// </summary>
internal sealed class KpiFunctions(KpiReads reads, KpiRows rows, KpiCompare compare)
{
    [Function("Kpis")]
    public Task<IResult> Values([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/kpis")] HttpRequest request,
        CancellationToken cancellationToken) => ValuesAsync(KpiCatalogue.All, request, cancellationToken);

    [Function("KpiCatalogue")]
    public Task<IResult> Catalogue([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/kpis/catalogue")] HttpRequest request,
        CancellationToken cancellationToken) => Task.FromResult(CatalogueJson.Answer(request));

    [Function("KpiCompare")]
    public Task<IResult> Compare([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/kpis/compare")] HttpRequest request,
        CancellationToken cancellationToken) => compare.AnswerAsync(request, cancellationToken);

    [Function("KpiItem")]
    public Task<IResult> Value([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/kpis/{id}")] HttpRequest request, string id,
        CancellationToken cancellationToken) => ValuesAsync([Find(id)], request, cancellationToken);

    [Function("KpiRows")]
    public Task<IResult> Rows([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/kpis/{id}/rows")] HttpRequest request,
        string id, CancellationToken cancellationToken) => rows.AnswerAsync(Find(id), request, cancellationToken);

    [Function("KpiSeries")]
    public async Task<IResult> Series(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/kpis/{id}/series")] HttpRequest request,
        string id, CancellationToken cancellationToken)
    {
        var kpi = Find(id);
        var (asked, days) = SeriesRequest.Read(request, reads);
        var language = Languages.Of(request);
        return await reads.AnswerAsync(request, asked, context =>
        {
            var series = KpiSeries.Of(kpi, context, days, cancellationToken);
            return new JsonResult(writer => SeriesJson.Write(writer, kpi, asked, days, series, language));
        }, cancellationToken);
    }

    private async Task<IResult> ValuesAsync(IReadOnlyList<Kpi> kpis, HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = reads.Read(request, "asOf");
        var language = Languages.Of(request);
        return await reads.AnswerOnceAsync(request, asked, kpis.Count == 1 ? kpis[0].Id : "all", context =>
        {
            var values = kpis.SelectMany(kpi => kpi.Values(context)).ToList();
            return writer => KpiJson.Write(writer, asked, values, language);
        }, cancellationToken);
    }

    private static Kpi Find(string id) => KpiCatalogue.Find(id) ?? throw new ProblemException(
        new(Problems.NotFound, new($"There is no figure '{id}'; see /api/v1/kpis.", $"没有指标“{id}”，参见 /api/v1/kpis。")));
}
