using System.Text.Json;
using FriendCity.Kpis.Model;
using FriendCity.Messages;
using FriendCity.Records;

namespace FriendCity.Kpis.Api;

/// <summary>
/// A move on the wire: the value before and after, how it can be told (<c>rows</c>, <c>items</c>, <c>ratio</c>, <c>list</c>), what the
/// explanation adds up to, and every record that entered, left or changed.
/// </summary>
internal static class MoveJson
{
    public static void Write(Utf8JsonWriter writer, HttpRequest request, RecordTypes types, KpiChange move, DateTimeOffset? fromKnownAt,
        DateTimeOffset? toKnownAt, Language language)
    {
        writer.WriteStartObject();
        writer.WriteString("kpi", move.Kpi.Id);
        KpiJson.Dimensions(writer, move.Figure);
        writer.WriteString("unit", move.Figure.Unit ?? move.Kpi.Unit);
        Side(writer, "from", move.From, language);
        Side(writer, "to", move.To, language);
        KpiJson.Number(writer, "change", move.Change);
        writer.WriteString("by", move.By switch { Explained.Rows => "rows", Explained.Items => "items", Explained.Ratio => "ratio", _ => "list" });
        KpiJson.Number(writer, "accounted", move.Accounted);
        if (move.By == Explained.Ratio)
        {
            writer.WriteNumber("numeratorEffect", move.RatioEffects.Numerator);
            writer.WriteNumber("denominatorEffect", move.RatioEffects.Denominator);
        }

        Items(writer, "itemsEntered", move.ItemsEntered);
        Items(writer, "itemsLeft", move.ItemsLeft);
        writer.WriteStartArray("rows");
        foreach (var effect in move.Effects)
            Effect(writer, request, types, effect, effect.After.Count > 0 ? toKnownAt : fromKnownAt);
        writer.WriteEndArray();
        writer.WriteStartArray("reference");
        foreach (var effect in move.ReferenceEffects)
            Effect(writer, request, types, effect, effect.After.Count > 0 ? toKnownAt : fromKnownAt);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Effect(Utf8JsonWriter writer, HttpRequest request, RecordTypes types, KpiEffect effect, DateTimeOffset? knownAt)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", effect.Kind);
        KpiJson.Number(writer, "by", effect.By);
        RowJson.Identity(writer, types, effect.Row);
        writer.WriteString("href", RowJson.Address(request, effect.Row, knownAt));
        Rows(writer, types, "before", effect.Before);
        Rows(writer, types, "after", effect.After);
        writer.WriteEndObject();
    }

    private static void Rows(Utf8JsonWriter writer, RecordTypes types, string name, IReadOnlyList<FigureRow> rows)
    {
        writer.WriteStartArray(name);
        foreach (var row in rows)
        {
            writer.WriteStartObject();
            RowJson.Version(writer, types, row);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Side(Utf8JsonWriter writer, string name, Figure? figure, Language language)
    {
        if (figure is null)
        {
            writer.WriteNull(name);
            return;
        }

        writer.WriteStartObject(name);
        KpiJson.Number(writer, "value", figure.Value);
        KpiJson.Number(writer, "numerator", figure.Numerator);
        KpiJson.Number(writer, "denominator", figure.Denominator);
        writer.WriteNumber("rows", figure.EvidenceRows.Count);
        writer.WriteString("reason", figure.Reason?.In(language));
        writer.WriteEndObject();
    }

    private static void Items(Utf8JsonWriter writer, string name, IReadOnlyList<string> items)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
            writer.WriteStringValue(item);
        writer.WriteEndArray();
    }
}
