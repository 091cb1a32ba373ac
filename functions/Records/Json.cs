using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace FriendCity.Records;

/// <summary>JSON as this product reads and writes it: trees in by Newtonsoft.Json, text out by <see cref="Utf8JsonWriter"/>.</summary>
internal static class Json
{
    public const int MaxDepth = 64;

    private const int FlushAt = 32 * 1024;

    // Chinese stays readable; what is dangerous inside HTML is never served as HTML.
    public static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static readonly JsonLoadSettings Loading = new()
    {
        DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error,
        LineInfoHandling = LineInfoHandling.Load,
    };

    /// <summary>Dates stay text and numbers stay exact; the record's own kinds decide what they mean.</summary>
    public static JsonTextReader Reader(TextReader text) => new(text)
    {
        DateParseHandling = DateParseHandling.None,
        FloatParseHandling = FloatParseHandling.Decimal,
        MaxDepth = MaxDepth,
    };

    public static JToken Parse(string text)
    {
        using var reader = Reader(new StringReader(text));
        var tree = JToken.Load(reader, Loading);
        return reader.Read() ? throw new JsonReaderException("Something stands behind the JSON.", reader.Path, reader.LineNumber, reader.LinePosition, null) : tree;
    }

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
