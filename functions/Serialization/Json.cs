using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace FriendCity.Serialization;

/// <summary>JSON as this product reads and writes it: trees of Newtonsoft.Json in, text out by <see cref="Utf8JsonWriter"/>.</summary>
internal static class Json
{
    public const int MaxDepth = 64;

    private const int FlushAt = 32 * 1024;
    private const int ShownCharacters = 60;

    // Chinese stays readable; what is dangerous inside HTML is never served as HTML.
    public static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static JToken Parse(string text) => JsonTree.Read(Encoding.UTF8.GetBytes(text));

    /// <summary>A number as it was sent; null for what is none.</summary>
    public static Numeral? Number(JToken token) =>
        token.Type is JTokenType.Integer or JTokenType.Raw or JTokenType.Float
        && Numeral.TryParse(token.ToString(Formatting.None), out var number) ? number : null;

    /// <summary>Text as it was sent; null for what is none, numbers as their literal among it.</summary>
    public static string? TextOf(JToken? token) => token is { Type: JTokenType.String } ? (string?)token : null;

    /// <summary>What was sent as an answer repeats it: a number can be a megabyte long.</summary>
    public static string Shown(JToken token) =>
        token.ToString(Formatting.None) is var text && text.Length <= ShownCharacters ? text : $"{text[..ShownCharacters]}…";

    /// <summary>Hands on what has been written, once it is worth a packet: long answers and files do not pile up.</summary>
    public static void Flush(Utf8JsonWriter writer)
    {
        if (writer.BytesPending > FlushAt)
            writer.Flush();
    }

    /// <summary>A name as a segment of a JSON pointer (RFC 6901).</summary>
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public static string Text(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
            write(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
