using System.Text.Json;
using FriendCity.Records.Schemas;
using FriendCity.Serialization;
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
    internal static IReadOnlyList<Attachment> Read(string column)
    {
        try
        {
            return Json.Parse(column) is JArray array ? [.. array.Select(Of)] : throw new FormatException("Column Attachments is not a list.");
        }
        catch (JsonFault fault)
        {
            throw new FormatException($"Column Attachments is not JSON: {fault.Message}", fault);
        }
    }

    private static Attachment Of(JToken entry) =>
        entry is JObject file && Text(file, "name") is { } name && Text(file, "mediaType") is { } mediaType
            && file["bytes"] is JValue { Value: long and >= 0 and var bytes }
            && Text(file, "sha256") is { Length: 64 } sha256 && sha256.All(char.IsAsciiHexDigitLower)
            ? new Attachment(name, mediaType, bytes, sha256)
            : throw new FormatException("Column Attachments has an entry that is no file's name, type, size and hash.");

    private static string? Text(JObject file, string name) =>
        file[name] is JValue { Value: string { Length: > 0 } text } && Unicode.FirstUnfit(text) is null ? text : null;
}
