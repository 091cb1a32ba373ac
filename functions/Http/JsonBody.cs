using System.Text;
using FriendCity.Records;
using Microsoft.Net.Http.Headers;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace FriendCity.Http;

/// <summary>Reads a request's JSON object: bounded, strict UTF-8, strict JSON, no duplicate names; a fault tells line and column.</summary>
internal static class JsonBody
{
    private const string Plain = "application/json";

    public const int MaxBytes = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static async Task<(JObject? Json, Problem? Problem)> ReadAsync(HttpRequest request, string mediaType, CancellationToken cancellation)
    {
        if (!Accepts(request.ContentType, mediaType))
            return (null, Unsupported(mediaType, HttpMethods.IsPatch(request.Method) ? "Accept-Patch" : "Accept", $"{mediaType}{(mediaType == Plain ? "" : ", " + Plain)}"));
        if (!request.Headers.ContentEncoding.All(coding => "identity".Equals(coding, StringComparison.OrdinalIgnoreCase)))
            return (null, Unsupported(mediaType, "Accept-Encoding", "identity"));
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

    /// <summary>Two readers: <see cref="StrictJson"/> finds every fault but duplicates; Newtonsoft.Json makes the tree and finds those.</summary>
    internal static (JObject? Json, Problem? Problem) Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var text = Strict.GetString(utf8);
            if (StrictJson.FirstUnfit(utf8) is { } unfit)
                return (null, new Problem(Problems.Invalid, Errors: [unfit]));
            return Json.Parse(text) is JObject json
                ? (json, null)
                : (null, new Problem(Problems.Invalid, Errors: [new Violation("", "wrong_type", new("Expected an object.", "应为对象。"))]));
        }
        catch (System.Text.Json.JsonException fault)
        {
            return (null, Malformed("The JSON breaks off or has a fault here.", "JSON 在此处中断或有误。", Place(utf8, fault.LineNumber ?? 0, fault.BytePositionInLine ?? 0)));
        }
        catch (JsonReaderException fault)
        {
            return (null, Malformed("The same name stands here a second time.", "此处名称重复。", (fault.LineNumber, fault.LinePosition)));
        }
        catch (DecoderFallbackException fault)
        {
            return (null, Malformed("The body is not UTF-8.", "正文不是 UTF-8 编码。", Place(utf8, 0, fault.Index)));
        }
    }

    private static Problem Unsupported(string mediaType, string header, string instead) =>
        new(Problems.UnsupportedMediaType, new($"Send {mediaType} in UTF-8, not compressed.", $"请发送 UTF-8 编码、未压缩的 {mediaType}。"))
        {
            Instead = new Dictionary<string, string> { [header] = instead },
        };

    private static bool Accepts(string? contentType, string mediaType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals(Plain, StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static Problem TooLarge() => new(Problems.TooLarge, new($"A record's body has at most {MaxBytes} bytes.", $"单条记录的正文最多 {MaxBytes} 字节。"));

    private static Problem Malformed(string en, string zh, (int Line, int Column) at) => new(Problems.MalformedJson, new(en, zh)) { At = at };

    /// <summary>Line and column as people count them, in characters, of the byte so many lines and bytes from the start.</summary>
    private static (int Line, int Column) Place(ReadOnlySpan<byte> utf8, long lines, long bytes)
    {
        var rest = utf8;
        for (var line = 0L; line < lines; line++)
            rest = rest[(rest.IndexOf((byte)'\n') + 1)..];
        var before = utf8[..(utf8.Length - rest.Length + (int)bytes)];
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }
}
