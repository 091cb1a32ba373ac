using System.Globalization;
using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace FriendCity.Records;

/// <summary>
/// A file of a record, such as the signed letter. The bytes are a write-once blob named by their hash; the record's version names
/// the blob, so history shows which files it had, and dropping a name never drops the bytes.
/// </summary>
/// <param name="Sha256">Lower-case hex.</param>
public sealed record Attachment(string Name, string MediaType, long Bytes, string Sha256)
{
    internal static void Write(Utf8JsonWriter writer, IReadOnlyList<Attachment> attachments)
    {
        writer.WriteStartArray();
        foreach (var attachment in attachments)
            attachment.Write(writer);
        writer.WriteEndArray();
    }

    /// <summary>What stands in the record's column.</summary>
    internal static string Column(IReadOnlyList<Attachment> attachments) => Json.Text(writer => Write(writer, attachments));

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("name", Name);
        writer.WriteString("mediaType", MediaType);
        writer.WriteNumber("bytes", Bytes);
        writer.WriteString("sha256", Sha256);
        writer.WriteEndObject();
    }

    /// <summary>Reads the stored column; throws <see cref="FormatException"/> when it holds something else.</summary>
    internal static IReadOnlyList<Attachment> Read(string? column) => column is null ? [] : Json.Parse(column) is JArray array
        ? [.. array.Select(item => new Attachment(Text(item, "name"), Text(item, "mediaType"), long.Parse(Text(item, "bytes"), CultureInfo.InvariantCulture), Text(item, "sha256")))]
        : throw new FormatException("Column Attachments is not a list.");

    private static string Text(JToken item, string name) => (string?)item[name] ?? throw new FormatException($"Column Attachments has an entry without {name}.");
}
