using System.Text.Json;
using FriendCity.Http;
using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Messages;

namespace FriendCity.Kpis.Api;

/// <summary>The definitions of all figures on the wire, in both languages.</summary>
internal static class CatalogueJson
{
    public static IResult Answer(HttpRequest request)
    {
        Parameters.Check(request);
        return new JsonResult(Write);
    }

    private static void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("value");
        foreach (var kpi in KpiCatalogue.All)
            Write(writer, kpi);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Kpi kpi)
    {
        writer.WriteStartObject();
        writer.WriteString("kpi", kpi.Id);
        Words(writer, "name", kpi.Name);
        Words(writer, "formula", kpi.Formula);
        writer.WriteString("unit", kpi.Unit);
        List(writer, "grain", kpi.Grain.Split(", "));
        writer.WriteString("better", kpi.Better switch { Better.Higher => "higher", Better.Lower => "lower", _ => "neutral" });
        List(writer, "paragraphs", kpi.Paragraph.Split(','));
        writer.WriteNumber("definitionVersion", kpi.Version);
        List(writer, "inputs", kpi.Inputs);
        writer.WriteEndObject();
    }

    private static void Words(Utf8JsonWriter writer, string name, Text text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("en", text.En);
        writer.WriteString("zh-CN", text.Zh);
        writer.WriteEndObject();
    }

    private static void List(Utf8JsonWriter writer, string name, IEnumerable<string> items)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
            writer.WriteStringValue(item);
        writer.WriteEndArray();
    }
}
