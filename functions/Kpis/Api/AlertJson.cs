using System.Text.Json;
using FriendCity.Kpis.Alerts;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Serialization;

namespace FriendCity.Kpis.Api;

/// <summary>Alerts and anniversaries on the wire.</summary>
internal static class AlertJson
{
    public static void Write(Utf8JsonWriter writer, HttpRequest request, RecordTypes types, AlertRule rule, Alert alert, DateTimeOffset? knownAt)
    {
        writer.WriteStartObject();
        writer.WriteString("code", rule.Code);
        writer.WriteString("severity", Severities.Code(alert.Severity));
        writer.WriteString("since", alert.Since is { } since ? KpiJson.Day(since) : null);
        writer.WriteString("kpi", rule.Kpi);
        Text(writer, "title", rule.Title);
        Text(writer, "message", alert.Message);
        writer.WriteStartArray("records");
        foreach (var row in alert.Rows)
        {
            writer.WriteStartObject();
            RowJson.Write(writer, request, types, row, knownAt);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        Json.Flush(writer);
    }

    public static void Write(Utf8JsonWriter writer, HttpRequest request, RecordTypes types, Anniversary day, DateTimeOffset? knownAt)
    {
        writer.WriteStartObject();
        writer.WriteString("date", KpiJson.Day(day.Day));
        writer.WriteNumber("years", day.Years);
        writer.WriteBoolean("round", day.Years % 5 == 0);
        writer.WriteString("first", KpiJson.Day(day.First));
        writer.WriteString("datePrecision", day.Precision);
        writer.WriteString("kind", day.Kind);
        Text(writer, "title", day.Title);
        RowJson.Write(writer, request, types, day.Row, knownAt);
        writer.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter writer, string name, Text text)
    {
        writer.WriteString($"{name}En", text.En);
        writer.WriteString($"{name}Zh", text.Zh);
    }
}
