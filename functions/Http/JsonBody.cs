using System.Text;
using System.Text.Json;
using FriendCity.Records;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace FriendCity.Http;

/// <summary>Reads a request's JSON object: bounded, strict UTF-8, strict JSON, no duplicate names; a fault tells line and column.</summary>
internal static class JsonBody
{
    public const int MaxBytes = 1024 * 1024;

    public static async Task<(JObject? Json, Problem? Problem)> ReadAsync(HttpRequest request, string mediaType, CancellationToken cancellation)
    {
        if (!Accepts(request.ContentType, mediaType))
            return (null, new Problem(Problems.UnsupportedMediaType, new($"Send {mediaType} or application/json in UTF-8.", $"请发送 UTF-8 编码的 {mediaType} 或 application/json。")));
        if (request.ContentLength > MaxBytes)
            return (null, TooLarge());

        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(chunk, cancellation)) > 0;)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > MaxBytes)
                return (null, TooLarge());
        }

        return Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <summary>Two readers: System.Text.Json is strict where Newtonsoft.Json is lenient (comments, single quotes, NaN); Newtonsoft.Json makes the tree and finds duplicates.</summary>
    internal static (JObject? Json, Problem? Problem) Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var strict = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = Json.MaxDepth });
            while (strict.Read())
            {
            }

            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(utf8);
            return Json.Parse(text) is JObject json
                ? (json, null)
                : (null, new Problem(Problems.Invalid, Errors: [new Violation("", "wrong_type", new("Expected an object.", "应为对象。"))]));
        }
        catch (System.Text.Json.JsonException fault)
        {
            return (null, Malformed("The JSON breaks off or has a fault here.", "JSON 在此处中断或有误。", fault.LineNumber + 1, fault.BytePositionInLine + 1));
        }
        catch (JsonReaderException fault)
        {
            return (null, Malformed(fault.Message, "JSON 有误。", fault.LineNumber, fault.LinePosition));
        }
        catch (Newtonsoft.Json.JsonException fault)
        {
            return (null, Malformed(fault.Message, "JSON 有误,例如同一名称出现两次。", null, null));
        }
        catch (DecoderFallbackException)
        {
            return (null, Malformed("The body is not UTF-8.", "正文不是 UTF-8 编码。", null, null));
        }
    }

    private static bool Accepts(string? contentType, string mediaType) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static Problem TooLarge() => new(Problems.TooLarge, new($"A record's body has at most {MaxBytes} bytes.", $"单条记录的正文最多 {MaxBytes} 字节。"));

    private static Problem Malformed(string en, string zh, long? line, long? column) =>
        new(Problems.MalformedJson, new(en, zh)) { At = line is { } l && column is { } c ? ((int)l, (int)c) : null };
}
