using System.Text.Json;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Records.Query;
using FriendCity.RecordsApi;
using FriendCity.Serialization;

namespace FriendCity.Kpis.Api;

/// <summary>
/// <c>api/v1/kpis/compare</c>: what moved a figure, or all of them, between two days, or between two states of the registry's knowledge.
/// </summary>
internal sealed class KpiCompare(KpiReads reads, OfficeCalendar calendar, KpiPreset standard)
{
    private const string FromKnownAt = "fromKnownAt";
    private const string ToKnownAt = "toKnownAt";

    /// <summary>One side of the comparison.</summary>
    private sealed record Moment(DateOnly Day, DateTimeOffset? KnownAt, string Parameter);

    public async Task<IResult> AnswerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var (asked, malformed) = KpiRequest.Read(request, standard, calendar, "kpi", "from", "to", FromKnownAt, ToKnownAt);
        if (asked is null)
            return malformed!.ToResult();
        IReadOnlyList<Kpi> kpis = KpiCatalogue.All;
        if (Parameters.Text(request, "kpi") is { } id)
        {
            if (KpiCatalogue.Find(id) is not { } one)
                return Problems.Parameter("kpi", $"there is no figure '{id}'.", $"没有指标“{id}”。").ToResult();
            kpis = [one];
        }

        if (Read(request, asked, "from", asked.Baseline, FromKnownAt, out var from) is { } noStart)
            return noStart.ToResult();
        if (Read(request, asked, "to", asked.AsOf, ToKnownAt, out var to) is { } noEnd)
            return noEnd.ToResult();
        var (before, noBefore) = await ContextAsync(request, asked, from, cancellationToken);
        if (before is null)
            return noBefore!.ToResult();
        var (after, noAfter) = await ContextAsync(request, asked, to, cancellationToken);
        if (after is null)
            return noAfter!.ToResult();

        var language = Languages.Of(request);
        var moves = await reads.WorkAsync(() => KpiChange.Between(kpis, before, after).ToList(), cancellationToken);
        return new JsonResult(writer =>
        {
            writer.WriteStartObject();
            Write(writer, "from", from);
            Write(writer, "to", to);
            KpiJson.Question(writer, asked);
            writer.WriteNumber("unchanged", moves.Count(move => !move.IsMove));
            writer.WriteStartArray("value");
            foreach (var move in moves.Where(move => move.IsMove))
            {
                MoveJson.Write(writer, request, move, from.KnownAt, to.KnownAt, language);
                Json.Flush(writer);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private async Task<(KpiContext? Context, Problem? Problem)> ContextAsync(HttpRequest request, KpiRequest asked, Moment moment,
        CancellationToken cancellationToken)
    {
        var (registry, future) = await reads.RegistryAsync(request, moment.KnownAt, moment.Parameter, cancellationToken);
        return registry is null ? (null, future) : (asked with { AsOf = moment.Day }).On(registry);
    }

    private static Problem? Read(HttpRequest request, KpiRequest asked, string name, DateOnly standard, string instant, out Moment moment)
    {
        moment = null!;
        if (KpiRequest.Day(request, name, standard, out var day) is { } noDay)
            return noDay;
        if (KnownAt.Read(request, instant, out var knownAt) is { } noInstant)
            return noInstant;
        moment = knownAt is null ? new Moment(day, asked.KnownAt, KnownAt.Name) : new Moment(day, knownAt, instant);
        return null;
    }

    private static void Write(Utf8JsonWriter writer, string name, Moment moment)
    {
        writer.WriteStartObject(name);
        writer.WriteString("asOf", KpiJson.Day(moment.Day));
        writer.WriteString(KnownAt.Name, moment.KnownAt is { } known ? Instants.Format(known) : null);
        writer.WriteEndObject();
    }
}
