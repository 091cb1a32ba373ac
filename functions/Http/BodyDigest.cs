using System.Security.Cryptography;

namespace FriendCity.Http;

/// <summary>The SHA-256 of the bytes of a request's body, noted by whoever reads them for requests that are told apart by it.</summary>
internal sealed record BodyDigest(string Sha256)
{
    public static void Note(HttpRequest request, ReadOnlySpan<byte> body)
    {
        if (request.Headers.ContainsKey(IdempotencyKey.Header))
            Note(request, Convert.ToHexStringLower(SHA256.HashData(body)));
    }

    public static void Note(HttpRequest request, string sha256) => request.HttpContext.Features.Set(new BodyDigest(sha256));

    /// <summary>Empty where no body was read.</summary>
    public static string Of(HttpRequest request) => request.HttpContext.Features.Get<BodyDigest>()?.Sha256 ?? "";
}
