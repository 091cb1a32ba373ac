using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Kpis.Model;
using FriendCity.Serialization;

namespace FriendCity.Kpis.Api;

/// <summary><c>api/v1/kpis/{id}/rows</c>: the records behind a value, a page at a time or all at once.</summary>
internal sealed class KpiRows(KpiReads reads)
{
    private const int StandardPage = 100;
    private const int LargestPage = 1000;
    private const string All = "all";

    public async Task<IResult> AnswerAsync(Kpi kpi, HttpRequest request, CancellationToken cancellationToken)
    {
        var asked = reads.Read(request, "asOf", "dimension", "measure", "$top", "cursor");
        var top = Parameters.Text(request, "$top") == All ? int.MaxValue : Parameters.Integer(request, "$top", StandardPage, 1, LargestPage);

        var (dimension, measure) = (Parameters.Text(request, "dimension"), Parameters.Text(request, "measure"));
        var query = $"rows|{kpi.Id}|{asked.Key}|{dimension?.Length}:{dimension}|{measure}";
        var cursors = await reads.CursorsAsync(request, cancellationToken);
        IReadOnlyList<string?>? after = null;
        if (Parameters.Text(request, "cursor") is { } cursor && (after = cursors.Read(cursor, query)) is null)
            throw new ProblemException(new(Problems.CursorInvalid));
        return await reads.AnswerAsync(request, asked, context =>
        {
            var figures = kpi.Figures(context);
            RequireOne(figures, "dimension", dimension, figure => figure.Dimension?.Value);
            RequireOne(figures, "measure", measure, figure => figure.Measure);
            var chosen = figures.Where(figure => (dimension is null || figure.Dimension?.Value == dimension)
                && (measure is null || figure.Measure == measure)).ToList();
            var rows = KpiRow.Of(chosen, figure => figure.EvidenceRows);
            var reference = chosen.SelectMany(figure => figure.Reference).DistinctBy(row => (row.Type, row.Record, string.Join('|', row.Fields)))
                .OrderBy(row => row.Type, StringComparer.Ordinal).ThenBy(row => row.Record.Id, StringComparer.Ordinal).ToList();
            var start = after is null ? 0 : Behind(rows, after);
            var page = rows.GetRange(start, Math.Min(top, rows.Count - start));
            var next = start + page.Count < rows.Count ? Link(request, asked, cursors.After(query, page[^1].Place)) : null;
            return new JsonResult(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("kpi", kpi.Id);
                writer.WriteString("asOf", KpiJson.Day(asked.AsOf));
                KpiJson.Question(writer, asked);
                writer.WriteNumber("count", rows.Count);
                writer.WriteStartArray("value");
                foreach (var row in page)
                {
                    writer.WriteStartObject();
                    KpiJson.Dimensions(writer, row.Figure);
                    RowJson.Write(writer, request, context.Registry.Types, row.Row, asked.KnownAt);
                    writer.WriteEndObject();
                    Json.Flush(writer);
                }

                writer.WriteEndArray();
                writer.WriteStartArray("reference");
                foreach (var row in after is null ? reference : [])
                {
                    writer.WriteStartObject();
                    RowJson.Write(writer, request, context.Registry.Types, row, asked.KnownAt);
                    writer.WriteEndObject();
                    Json.Flush(writer);
                }

                writer.WriteEndArray();
                writer.WriteString("nextLink", next);
                writer.WriteEndObject();
            });
        }, cancellationToken);
    }

    /// <exception cref="ProblemException">No figure has the value asked for: an empty list would look like an answer.</exception>
    private static void RequireOne(IReadOnlyList<Figure> figures, string parameter, string? asked, Func<Figure, string?> value)
    {
        if (asked is null || figures.Any(figure => value(figure) == asked))
            return;
        var choices = figures.Select(value).OfType<string>().Distinct().ToList();
        throw choices.Count == 0
            ? Parameters.Wrong(parameter, "this figure has none on that day.", "该指标当日没有此项。")
            : Parameters.Wrong(parameter, $"one of {string.Join(", ", choices)}.", $"可选：{string.Join("、", choices)}。");
    }

    private static int Behind(List<KpiRow> rows, IReadOnlyList<string?> place)
    {
        var index = rows.FindIndex(row => KpiRow.Compare(row.Place, place) > 0);
        return index < 0 ? rows.Count : index;
    }

    /// <summary>The caller's own parameters, and the day: tomorrow's next page is still of today.</summary>
    private static string Link(HttpRequest request, KpiRequest asked, string cursor)
    {
        var parameters = request.Query.Where(each => each.Key is not (Parameters.Code or "cursor" or "asOf"))
            .Select(each => $"{each.Key}={Uri.EscapeDataString(each.Value.ToString())}");
        return PublicAddress.Of(request,
            $"{request.Path}?{string.Join('&', [.. parameters, $"asOf={KpiJson.Day(asked.AsOf)}", $"cursor={cursor}"])}");
    }
}
