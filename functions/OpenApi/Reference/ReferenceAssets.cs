using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;
using Scalar.AspNetCore;

namespace FriendCity.OpenApi.Reference;

/// <summary>
/// The files of the reference: Scalar's script as its package embeds it, compressed already, and ours that starts it. Its own mapping of
/// endpoints has no place in a worker.
/// </summary>
internal static class ReferenceAssets
{
    private const string Script = "text/javascript; charset=utf-8";

    private static readonly Lazy<FrozenDictionary<string, ReferenceAsset>> All = new(Read);

    public static ReferenceAsset? Find(string name) => All.Value.GetValueOrDefault(name);

    private static FrozenDictionary<string, ReferenceAsset> Read()
    {
        var (scalar, own) = (typeof(ScalarOptions).Assembly, typeof(ReferenceAssets).Assembly);
        return new Dictionary<string, ReferenceAsset>
        {
            ["scalar.js"] = ReferenceAsset.Of(Bytes(scalar, "ScalarStaticAssets.scalar.js"), Script, compressed: true),
            ["favicon.svg"] = ReferenceAsset.Of(Bytes(scalar, "ScalarStaticAssets.favicon.svg"), "image/svg+xml", compressed: true),
            ["start.js"] = ReferenceAsset.Of(Bytes(own, "reference/start.js"), Script, compressed: false),
            ["start.css"] = ReferenceAsset.Of(Bytes(own, "reference/start.css"), "text/css; charset=utf-8", compressed: false),
        }.ToFrozenDictionary();
    }

    private static byte[] Bytes(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} holds no {resource}.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}

/// <summary>One file, ready to send.</summary>
/// <param name="IsCompressed">It is held as gzip.</param>
internal sealed record ReferenceAsset(byte[] Content, string ContentType, bool IsCompressed, EntityTagHeaderValue ETag)
{
    public static ReferenceAsset Of(byte[] content, string contentType, bool compressed) => new(
        content, contentType, compressed, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content)[..16])}\""));

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
}
