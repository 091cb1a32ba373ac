using FriendCity.Records;
using Microsoft.Net.Http.Headers;
using Newtonsoft.Json.Linq;

namespace FriendCity.Http;

/// <summary>Reads a request's JSON object: bounded, and strict as <see cref="JsonText"/> is; a fault tells line and column.</summary>
internal static class JsonBody
{
    public const int MaxBytes = 1024 * 1024;

    public static async Task<(JObject? Json, Problem? Problem)> ReadAsync(HttpRequest request, string mediaType, CancellationToken cancellation)
    {
        if (!Accepts(request.ContentType, mediaType) || request.Headers.ContentEncoding.Count > 0)
            return (null, new Problem(Problems.UnsupportedMediaType, new($"Send {mediaType} in UTF-8, not compressed.", $"请发送 UTF-8 编码、未压缩的 {mediaType}。")));
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

    internal static (JObject? Json, Problem? Problem) Parse(ReadOnlySpan<byte> utf8) => JsonText.Parse(utf8) switch
    {
        (JObject json, _) => (json, null),
        (_, { Unfit: { } unfit }) => (null, new Problem(Problems.Invalid, Errors: [unfit])),
        (_, { } fault) => (null, new Problem(Problems.MalformedJson, fault.Message) { At = (fault.Line, fault.Column) }),
        _ => (null, new Problem(Problems.Invalid, Errors: [new Violation("", "wrong_type", new("Expected an object.", "应为对象。"))])),
    };

    private static bool Accepts(string? contentType, string mediaType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static Problem TooLarge() => new(Problems.TooLarge, new($"A record's body has at most {MaxBytes} bytes.", $"单条记录的正文最多 {MaxBytes} 字节。"));
}
