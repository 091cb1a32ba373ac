using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace FriendCity.Dashboard;

/// <summary>One file of the page, ready to send. Its ETag is its content's hash, so every instance gives the same.</summary>
internal sealed record DashboardAsset(byte[] Content, string ContentType, EntityTagHeaderValue ETag)
{
    public static DashboardAsset From(string path, byte[] content) =>
        new(content, ContentTypeOf(path), new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content)[..16])}\""));

    public IResult ToResult() => Results.Bytes(Content, ContentType, entityTag: ETag);

    private static string ContentTypeOf(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"The dashboard file '{path}' has the unknown type '{other}'."),
    };
}
