using System.Globalization;
using System.Security.Cryptography;
using FriendCity.Http.Errors;
using Microsoft.Net.Http.Headers;

namespace FriendCity.Http;

/// <summary>
/// If-Match and If-None-Match (RFC 9110 13.1), for records and files alike. A record's ETag is its version, <c>"7"</c>. If-Match uses the
/// strong comparison: a weak tag never matches; If-None-Match the weak one. <c>*</c> matches whatever exists.
/// </summary>
internal sealed class Preconditions
{
    private readonly IList<EntityTagHeaderValue>? _match;
    private readonly IList<EntityTagHeaderValue>? _noneMatch;

    private Preconditions(IList<EntityTagHeaderValue>? match, IList<EntityTagHeaderValue>? noneMatch) => (_match, _noneMatch) = (match, noneMatch);

    public bool HasMatch => _match is not null;

    /// <summary>If-None-Match is <c>*</c>: a writer wants nothing to be there.</summary>
    public bool WantsNothing => _noneMatch?.Any(tag => tag.Equals(EntityTagHeaderValue.Any)) == true;

    /// <summary>The ETag of content that has no version: its hash, so every instance gives the same.</summary>
    public static string Tag(ReadOnlySpan<byte> content) => $"\"{Convert.ToHexStringLower(SHA256.HashData(content)[..16])}\"";

    public static string Tag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <exception cref="ProblemException">A header is malformed.</exception>
    public static Preconditions Of(HttpRequest request)
    {
        IList<EntityTagHeaderValue>? match = null, none = null;
        if (request.Headers.IfMatch.Count > 0 && !EntityTagHeaderValue.TryParseStrictList([.. request.Headers.IfMatch.OfType<string>()], out match))
            throw Parameters.Wrong("If-Match", "send the ETag, such as \"7\".", "请发送 ETag，例如 \"7\"。");
        if (request.Headers.IfNoneMatch.Count > 0 && !EntityTagHeaderValue.TryParseStrictList([.. request.Headers.IfNoneMatch.OfType<string>()],
            out none))
            throw Parameters.Wrong("If-None-Match", "send an ETag, such as \"7\", or *.", "请发送 ETag（例如 \"7\"）或 *。");
        return new Preconditions(match, none);
    }

    /// <summary>304, which a reader is answered instead of the content; null when the content is to be sent.</summary>
    /// <param name="cacheControl">That of the 200.</param>
    /// <exception cref="ProblemException">412, or 400 for a malformed header.</exception>
    public static IResult? NotModified(HttpRequest request, string etag, string cacheControl)
    {
        var conditions = Of(request);
        if (conditions.HasMatch && !conditions.Matches(etag))
            throw new ProblemException(new(Problems.Stale, new($"The current ETag is {etag}.", $"当前 ETag 为 {etag}。")));
        return conditions.Excludes(etag) ? new NotModifiedResult(etag, cacheControl) : null;
    }

    public bool Matches(long version) => Matches(Tag(version));

    /// <summary>If-None-Match names this version: a reader has it already, a writer wants it not to be there.</summary>
    public bool Excludes(long version) => Excludes(Tag(version));

    private bool Matches(string etag) =>
        _match is not null && _match.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || (!tag.IsWeak && tag.Tag == etag));

    private bool Excludes(string etag) =>
        _noneMatch is not null && _noneMatch.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag == Opaque(etag));

    private static string Opaque(string etag) => etag.StartsWith("W/", StringComparison.Ordinal) ? etag[2..] : etag;
}
