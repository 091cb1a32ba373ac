using System.IO.Compression;
using System.Reflection;
using Microsoft.Net.Http.Headers;

namespace FriendCity.Http;

/// <summary>A file that is embedded in the program, ready to send. Its ETag is its content's hash, so every instance gives the same.</summary>
/// <param name="IsCompressed">It is held as gzip.</param>
internal sealed record StaticFile(byte[] Content, string ContentType, bool IsCompressed, EntityTagHeaderValue ETag)
{
    /// <param name="path">Its extension tells the type.</param>
    public static StaticFile Of(string path, byte[] content, bool isCompressed = false) =>
        new(content, ContentTypeOf(path), isCompressed, new EntityTagHeaderValue(Preconditions.Tag(content)));

    /// <exception cref="InvalidOperationException">The program holds no such resource.</exception>
    public static byte[] Embedded(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} holds no {resource}.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    public IResult ToResult(HttpRequest request)
    {
        if (!IsCompressed)
            return Results.Bytes(Content, ContentType, entityTag: ETag);
        if (!TakesGzip(request))
            return Results.Stream(new GZipStream(new MemoryStream(Content), CompressionMode.Decompress), ContentType, entityTag: ETag);
        request.HttpContext.Response.Headers.ContentEncoding = "gzip";
        request.HttpContext.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        return Results.Bytes(Content, ContentType, entityTag: ETag);
    }

    private static bool TakesGzip(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList([.. request.Headers.AcceptEncoding.OfType<string>()], out var codings)
        && codings.Any(coding => coding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && coding.Quality != 0);

    private static string ContentTypeOf(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"The file '{path}' has the unknown type '{other}'."),
    };
}
