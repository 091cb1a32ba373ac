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

    /// <exception cref="ProblemException">Another media type or coding, too long, or no JSON object.</exception>
    public static async Task<JObject> ReadAsync(HttpRequest request, string mediaType, CancellationToken cancellationToken)
    {
        if (!Accepts(request.ContentType, mediaType))
            throw Unsupported(mediaType, HttpMethods.IsPatch(request.Method) ? "Accept-Patch" : "Accept",
                $"{mediaType}{(mediaType == Plain ? "" : ", " + Plain)}");
        if (!request.Headers.ContentEncoding.All(coding => "identity".Equals(coding, StringComparison.OrdinalIgnoreCase)))
            throw Unsupported(mediaType, "Accept-Encoding", "identity");
        if (request.ContentLength > MaxBytes)
            throw TooLarge();

        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(chunk, cancellationToken)) > 0;)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > MaxBytes)
                throw TooLarge();
        }

        var body = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        BodyDigest.Note(request, body.Span);
        return Parse(body.Span);
    }

    internal static JObject Parse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var unfit = new ValidationContext();
            var json = JsonText.Read(utf8, unfit);
            if (json is not JObject && !unfit.Failed)
                unfit.Refuse("", "wrong_type", "Expected an object.", "应为对象。");
            return unfit.Failed ? throw new ProblemException(new(Problems.Invalid, Errors: unfit.Violations)) : (JObject)json!;
        }
        catch (JsonFault fault)
        {
            throw new ProblemException(new(Problems.MalformedJson, fault.Reason) { At = (fault.Line, fault.Column) });
        }
    }

    private static ProblemException Unsupported(string mediaType, string header, string instead) =>
        new(new(Problems.UnsupportedMediaType, new($"Send {mediaType} in UTF-8, not compressed.", $"请发送 UTF-8 编码、未压缩的 {mediaType}。"))
        {
            Instead = new Dictionary<string, string> { [header] = instead },
        });

    private static bool Accepts(string? contentType, string mediaType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && (type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals(Plain, StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static ProblemException TooLarge() =>
        new(new(Problems.TooLarge, new($"A record's body has at most {MaxBytes} bytes.", $"单条记录的正文最多 {MaxBytes} 字节。")));
}
