using FriendCity.Http.Errors;
using FriendCity.Messages;
using FriendCity.Serialization;
using Microsoft.Net.Http.Headers;
using Newtonsoft.Json.Linq;

namespace FriendCity.Http;

/// <summary>Reads a request's JSON object: bounded, and strict as <see cref="JsonText"/> is; a fault tells line and column.</summary>
internal static class JsonBody
{
    private const string Plain = "application/json";

    public const int MaxBytes = 1024 * 1024;

    public static async Task<(JObject? Json, Problem? Problem)> ReadAsync(HttpRequest request, string mediaType, CancellationToken cancellationToken)
    {
        if (!Accepts(request.ContentType, mediaType))
            return (null, Unsupported(mediaType, HttpMethods.IsPatch(request.Method) ? "Accept-Patch" : "Accept",
                $"{mediaType}{(mediaType == Plain ? "" : ", " + Plain)}"));
        if (!request.Headers.ContentEncoding.All(coding => "identity".Equals(coding, StringComparison.OrdinalIgnoreCase)))
            return (null, Unsupported(mediaType, "Accept-Encoding", "identity"));
        if (request.ContentLength > MaxBytes)
            return (null, TooLarge());

        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > MaxBytes)
                return (null, TooLarge());
        }

        return Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    internal static (JObject? Json, Problem? Problem) Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var unfit = new ValidationContext();
            var json = JsonText.Read(utf8, unfit);
            if (unfit.Failed)
                return (null, new Problem(Problems.Invalid, Errors: unfit.Violations));
            return json is JObject members
                ? (members, null)
                : (null, new Problem(Problems.Invalid, Errors: [new Violation("", "wrong_type", new("Expected an object.", "应为对象。"))]));
        }
        catch (JsonFault fault)
        {
            return (null, new Problem(Problems.MalformedJson, fault.Reason) { At = (fault.Line, fault.Column) });
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
}
