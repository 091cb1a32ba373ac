using System.Text.Json;
using FriendCity.Http;
using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Records.Query;
using FriendCity.RecordsApi;
using FriendCity.Serialization;

namespace FriendCity.Kpis.Api;

/// <summary>
/// <c>api/v1/kpis/compare</c>: what moved a figure, or all of them, between two days, or between two states of the registry's knowledge.
/// </summary>
internal sealed class KpiCompare(KpiReads reads)
{
    private const string FromKnownAt = "fromKnownAt";
    private const string ToKnownAt = "toKnownAt";

    /// <summary>One side of the comparison.</summary>
    private sealed record Moment(DateOnly Day, DateTimeOffset? KnownAt, string Parameter);

    public async Task<IResult> AnswerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = reads.Read(request, "kpi", "from", "to", FromKnownAt, ToKnownAt);
        var kpis = Parameters.Text(request, "kpi") is not { } id ? KpiCatalogue.All
            : KpiCatalogue.Find(id) is { } one ? [one] : throw Parameters.Wrong("kpi", $"there is no figure '{id}'.", $"没有指标“{id}”。");
        var from = Read(request, asked, "from", asked.Baseline, FromKnownAt);
        var to = Read(request, asked, "to", asked.AsOf, ToKnownAt);
        var before = await ContextAsync(request, asked, from, cancellationToken);
        var after = await ContextAsync(request, asked, to, cancellationToken);

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
                MoveJson.Write(writer, request, after.Registry.Types, move, from.KnownAt, to.KnownAt, language);
                Json.Flush(writer);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private async Task<KpiContext> ContextAsync(HttpRequest request, KpiRequest asked, Moment moment, CancellationToken cancellationToken) =>
        (asked with { AsOf = moment.Day }).On(await reads.RegistryAsync(request, moment.KnownAt, moment.Parameter, cancellationToken));

    private static Moment Read(HttpRequest request, KpiRequest asked, string name, DateOnly standard, string instant)
    {
        var day = KpiRequest.Day(request, name, standard);
        return KnownAt.Read(request, instant) is { } knownAt
            ? new Moment(day, knownAt, instant) : new Moment(day, asked.KnownAt, KnownAt.Name);
    }

    private static void Write(Utf8JsonWriter writer, string name, Moment moment)
    {
        writer.WriteStartObject(name);
        writer.WriteString("asOf", KpiJson.Day(moment.Day));
        writer.WriteString(KnownAt.Name, moment.KnownAt is { } known ? Instants.Format(known) : null);
        writer.WriteEndObject();
    }
}
