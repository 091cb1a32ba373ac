using System.Text;
using System.Text.Json;
using FriendCity.Records.Formats.Reading;
using FriendCity.Serialization;

namespace FriendCity.Records.Formats.Marking;

/// <summary>
/// Records of JSON as they were sent, each that is at fault with a member in front that says so. Where something stands that is no object, an
/// object of that member alone stands before it. Import passes over both.
/// </summary>
internal static class JsonMarks
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>A record a line.</summary>
    public static void WriteLines(Stream file, Stream output, IEnumerable<RowFault> faults)
    {
        var byRow = faults.ToLookup(fault => fault.Row);
        using var text = new StreamWriter(output, Utf8, leaveOpen: true) { NewLine = "\n" };
        foreach (var (row, line) in JsonRows.Lines(file))
            foreach (var marked in Marked(line, [.. byRow[row]]))
                text.WriteLine(marked);
    }

    public static void WriteArray(Stream file, Stream output, IEnumerable<RowFault> faults)
    {
        var byRow = faults.ToLookup(fault => fault.Row);
        using var text = new StreamWriter(output, Utf8, leaveOpen: true) { NewLine = "\n" };
        var before = "[";
        foreach (var (row, item) in JsonRows.Items(file))
            foreach (var marked in Marked(item, [.. byRow[row]]))
            {
                text.WriteLine(before);
                text.Write(marked);
                before = ",";
            }

        text.WriteLine(before == "[" ? "[]" : "\n]");
    }

    private static IEnumerable<string> Marked(string text, IReadOnlyList<RowFault> faults)
    {
        // What an earlier import said is out of date.
        if (faults.Count == 0 && !text.Contains(JsonRows.Errors, StringComparison.Ordinal))
            return [text];
        List<string> marks = faults.Count == 0 ? [] : [$"\"{JsonRows.Errors}\":{Json.Text(writer => Write(writer, faults))}"];
        if (Members(text) is not { } members)
            return [.. marks.Select(mark => $"{{{mark}}}"), text];
        marks.AddRange(members);
        return marks.Count == 0 ? [] : [$"{{{string.Join(',', marks)}}}"];
    }

    /// <summary>The members of an object as they stand there, without what an earlier import said; null for what is no object.</summary>
    private static List<string>? Members(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind != JsonValueKind.Object ? null : [.. json.RootElement.EnumerateObject()
                .Where(member => member.Name != JsonRows.Errors)
                .Select(member => $"\"{JsonEncodedText.Encode(member.Name, Json.Writing.Encoder)}\":{member.Value.GetRawText()}")];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // No JSON, or a name with half of a surrogate pair.
            return null;
        }
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<RowFault> faults)
    {
        writer.WriteStartArray();
        foreach (var fault in faults)
        {
            writer.WriteStartObject();
            writer.WriteString("pointer", fault.Pointer);
            writer.WriteString("rule", fault.Rule);
            writer.WriteString("message", RowMarks.Message(fault));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
