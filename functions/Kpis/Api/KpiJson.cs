using System.Text.Json;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Query;

namespace FriendCity.Kpis.Api;

/// <summary>Figures on the wire. Reasons are in the reader's language; everything else is the same in all.</summary>
internal static class KpiJson
{
    public static void Write(Utf8JsonWriter writer, KpiRequest asked, IEnumerable<KpiValue> values, Language language)
    {
        writer.WriteStartObject();
        writer.WriteString("asOf", Day(asked.AsOf));
        Question(writer, asked);
        writer.WriteStartArray("values");
        foreach (var value in values)
            Write(writer, value, language);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>What was asked, besides the day: an answer without it is only a number.</summary>
    public static void Question(Utf8JsonWriter writer, KpiRequest asked)
    {
        writer.WriteString("scope", asked.ScopeId);
        writer.WriteStartArray("scenarios");
        foreach (var scenario in asked.Scenarios)
            writer.WriteStringValue(scenario);
        writer.WriteEndArray();
        writer.WriteString("baseline", Day(asked.Baseline));
        writer.WriteString("knownAt", asked.KnownAt is { } known ? Instants.Format(known) : null);
        writer.WriteNumber("window", asked.Window);
    }

    public static void Dimensions(Utf8JsonWriter writer, Figure figure)
    {
        writer.WriteStartObject("dimensions");
        if (figure.Dimension is { } dimension)
            writer.WriteString(dimension.Name, dimension.Value);
        if (figure.Measure is { } measure)
            writer.WriteString("measure", measure);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, KpiValue value, Language language)
    {
        var figure = value.Figure;
        writer.WriteStartObject();
        writer.WriteString("kpi", value.Kpi.Id);
        Dimensions(writer, figure);
        Number(writer, "value", figure.Value);
        Items(writer, figure.Items);
        writer.WriteString("unit", value.Unit);
        Number(writer, "numerator", figure.Numerator);
        Number(writer, "denominator", figure.Denominator);
        writer.WriteNumber("rows", figure.EvidenceRows.Count);
        writer.WriteString("rowsHash", value.RowsHash);
        writer.WriteStartObject("evidence");
        foreach (var source in Provenance.Sources)
            writer.WriteNumber(source, value.Evidence[source]);
        writer.WriteEndObject();
        writer.WriteNumber("definitionVersion", value.Version);
        writer.WriteString("reason", figure.Reason?.In(language));
        writer.WriteEndObject();
    }

    private static void Items(Utf8JsonWriter writer, IReadOnlyList<string>? items)
    {
        if (items is null)
        {
            writer.WriteNull("items");
            return;
        }

        writer.WriteStartArray("items");
        foreach (var item in items)
            writer.WriteStringValue(item);
        writer.WriteEndArray();
    }

    public static void Number(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }

    public static string Day(DateOnly date) => date.Iso();
}
