using System.Text.Json;
using FriendCity.Records;

namespace FriendCity.Kpis;

/// <summary>A series on the wire: one course for each breakdown; a day on which a breakdown does not occur has no point.</summary>
internal static class SeriesJson
{
    public static void Write(Utf8JsonWriter writer, Kpi kpi, KpiRequest asked, IReadOnlyList<DateOnly> days, IReadOnlyList<KpiCourse> courses, Language language)
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
            KpiJson.Dimensions(writer, course.First);
            writer.WriteString("unit", course.First.Unit ?? kpi.Unit);
            writer.WriteStartArray("points");
            foreach (var (day, figure) in course.Points)
                Point(writer, day, figure, language);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Point(Utf8JsonWriter writer, DateOnly day, Figure figure, Language language)
    {
        writer.WriteStartObject();
        writer.WriteString("asOf", KpiJson.Day(day));
        KpiJson.Number(writer, "value", figure.Value);
        KpiJson.Number(writer, "numerator", figure.Numerator);
        KpiJson.Number(writer, "denominator", figure.Denominator);
        writer.WriteNumber("rows", figure.Rows.Count);
        writer.WriteNumber("illustrative", figure.Rows.Count(row => row.Source == Provenance.Illustrative));
        writer.WriteString("reason", figure.Reason?.In(language));
        writer.WriteEndObject();
    }
}
