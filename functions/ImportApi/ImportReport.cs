using System.Text.Json;
using FriendCity.Http;
using FriendCity.Messages;
using FriendCity.Records.Formats.Reading;
using FriendCity.Records.Import;
using FriendCity.Serialization;
using Newtonsoft.Json.Linq;

namespace FriendCity.ImportApi;

/// <summary>What an import says of its rows: stored in both languages, answered in the reader's.</summary>
internal static class ImportReport
{
    public static string Text(ImportFaults faults) => Text(faults.Count, faults.Kept);

    /// <summary>A stored report with more faults, each of them once.</summary>
    public static string With(string report, ImportFaults more)
    {
        var (count, known) = Read(report);
        var fresh = more.Kept.Except(known).ToList();
        return Text(count + fresh.Count, [.. known, .. fresh]);
    }

    public static JsonResult Answer(string operation, string report, Language language) => new(writer =>
    {
        var (count, faults) = Read(report);
        writer.WriteStartObject();
        writer.WriteString("operation", operation);
        Write(writer, count, faults, fault => writer.WriteString("message", fault.Message.In(language)));
        writer.WriteEndObject();
    });

    private static string Text(int count, IEnumerable<RowFault> faults) => Json.Text(writer =>
    {
        writer.WriteStartObject();
        Write(writer, count, faults, fault =>
        {
            writer.WriteString("en", fault.Message.En);
            writer.WriteString("zh", fault.Message.Zh);
        });
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, int count, IEnumerable<RowFault> faults, Action<RowFault> message)
    {
        writer.WriteNumber("faults", count);
        writer.WriteStartArray("value");
        foreach (var fault in faults)
        {
            writer.WriteStartObject();
            writer.WriteNumber("row", fault.Row);
            writer.WriteString("sheet", fault.Sheet);
            writer.WriteString("column", fault.Column);
            writer.WriteString("pointer", fault.Pointer);
            writer.WriteString("rule", fault.Rule);
            writer.WriteString("value", fault.Value);
            message(fault);
            writer.WriteEndObject();
            Json.Flush(writer);
        }

        writer.WriteEndArray();
    }

    private static (int Count, IReadOnlyList<RowFault> Faults) Read(string report)
    {
        var json = (JObject)Json.Parse(report);
        return ((int)json["faults"]!, [.. json["value"]!.Select(fault => new RowFault((int)fault["row"]!, (string?)fault["sheet"],
            (string?)fault["column"], (string)fault["pointer"]!, (string)fault["rule"]!, (string?)fault["value"],
            new((string)fault["en"]!, (string)fault["zh"]!)))]);
    }

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
