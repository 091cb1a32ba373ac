using FriendCity.Http;
using FriendCity.Messages;
using FriendCity.Records.Import;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.ImportApi;

/// <summary>What an import says of its rows: stored in both languages, answered in the reader's.</summary>
internal static class ImportReport
{
    private static readonly string[] Texts = ["sheet", "column", "pointer", "rule", "value"];

    public static string Text(ImportFaults faults) => Json.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("faults", faults.Count);
        writer.WriteStartArray("value");
        foreach (var fault in faults.Kept)
        {
            writer.WriteStartObject();
            writer.WriteNumber("row", fault.Row);
            writer.WriteString("sheet", fault.Sheet);
            writer.WriteString("column", fault.Column);
            writer.WriteString("pointer", fault.Pointer);
            writer.WriteString("rule", fault.Rule);
            writer.WriteString("value", fault.Value);
            writer.WriteString("en", fault.Message.En);
            writer.WriteString("zh", fault.Message.Zh);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>A stored report with more faults, each of them once.</summary>
    public static string With(string report, ImportFaults more)
    {
        var (json, added) = ((JObject)Json.Parse(report), (JObject)Json.Parse(Text(more)));
        var known = (JArray)json["value"]!;
        var fresh = added["value"]!.Where(fault => !known.Any(each => JToken.DeepEquals(each, fault))).ToList();
        json["faults"] = (int)json["faults"]! + fresh.Count;
        foreach (var fault in fresh)
            known.Add(fault.DeepClone());
        return json.ToString(Newtonsoft.Json.Formatting.None);
    }

    public static JsonResult Answer(string operation, string report, Language language) => new(writer =>
    {
        var json = (JObject)Json.Parse(report);
        writer.WriteStartObject();
        writer.WriteString("operation", operation);
        writer.WriteNumber("faults", (int)json["faults"]!);
        writer.WriteStartArray("value");
        foreach (var fault in json["value"]!)
        {
            writer.WriteStartObject();
            writer.WriteNumber("row", (int)fault["row"]!);
            foreach (var name in Texts)
                writer.WriteString(name, (string?)fault[name]);
            writer.WriteString("message", (string?)fault[language == Language.Chinese ? "zh" : "en"]);
            writer.WriteEndObject();
            Json.Flush(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>What the operation itself says of the rows.</summary>
    public static string Counts(ImportOrder order, ImportCounts counts) => Json.Text(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", order.Type);
        writer.WriteBoolean("dryRun", order.DryRun);
        writer.WriteNumber("inserted", counts.Inserted);
        writer.WriteNumber("updated", counts.Updated);
        writer.WriteNumber("unchanged", counts.Unchanged);
        writer.WriteNumber("skippedDiffers", counts.SkippedDiffers);
        writer.WriteNumber("skippedDeleted", counts.SkippedDeleted);
        writer.WriteNumber("refused", counts.Refused);
        writer.WriteEndObject();
    });
}
