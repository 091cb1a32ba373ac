using System.Text.Json;
using FriendCity.Kpis.Model;
using FriendCity.Messages;

namespace FriendCity.Kpis.Api;

/// <summary>A series on the wire: one course for each breakdown; a day on which a breakdown does not occur has no point.</summary>
internal static class SeriesJson
{
    public static void Write(Utf8JsonWriter writer, Kpi kpi, KpiRequest asked, IReadOnlyList<DateOnly> days, IReadOnlyList<KpiSeriesLine> courses,
        Language language)
    {
        writer.WriteStartObject();
        writer.WriteString("kpi", kpi.Id);
        writer.WriteNumber("definitionVersion", kpi.Version);
        writer.WriteString("from", KpiJson.Day(days[0]));
        writer.WriteString("to", KpiJson.Day(days[^1]));
        KpiJson.Question(writer, asked);
        writer.WriteStartArray("series");
        foreach (var course in courses)
        {
            writer.WriteStartObject();
            KpiJson.Dimensions(writer, course.Figure);
            writer.WriteString("unit", course.Figure.Unit ?? kpi.Unit);
            writer.WriteStartArray("points");
            foreach (var point in course.Points)
                Point(writer, point, language);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Point(Utf8JsonWriter writer, KpiPoint point, Language language)
    {
        writer.WriteStartObject();
        writer.WriteString("asOf", KpiJson.Day(point.Day));
        KpiJson.Number(writer, "value", point.Value);
        KpiJson.Number(writer, "numerator", point.Numerator);
        KpiJson.Number(writer, "denominator", point.Denominator);
        writer.WriteNumber("rows", point.Rows);
        writer.WriteNumber("illustrative", point.Illustrative);
        writer.WriteString("reason", point.Reason?.In(language));
        writer.WriteEndObject();
    }
}
