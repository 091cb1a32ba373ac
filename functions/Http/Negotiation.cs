using FriendCity.Http.Errors;
using Microsoft.Net.Http.Headers;

namespace FriendCity.Http;

/// <summary>How much a caller likes a form, by RFC 9110 12.4.2: the most specific range that fits decides, and 0 means never.</summary>
internal static class Negotiation
{
    /// <summary>The quality of a media type by <c>Accept</c>: 1 when the caller says nothing or nothing that can be read.</summary>
    public static double Quality(HttpRequest request, string mediaType)
    {
        if (request.Headers.Accept.Count == 0 || !MediaTypeHeaderValue.TryParseList([.. request.Headers.Accept.OfType<string>()], out var ranges)
            || ranges.Count == 0)
            return 1;
        var form = MediaTypeHeaderValue.Parse(mediaType);
        return ranges.Where(range => Fits(range, form)).OrderByDescending(Precision).Select(range => range.Quality ?? 1).FirstOrDefault();
    }

    /// <exception cref="ProblemException">The caller takes no JSON.</exception>
    public static void RequireJson(HttpRequest request)
    {
        if (Quality(request, "application/json") == 0)
            throw new ProblemException(
                new(Problems.NotAcceptable, new("This address answers application/json.", "该地址以 application/json 格式应答。")));
    }

    private static bool Fits(MediaTypeHeaderValue range, MediaTypeHeaderValue form) =>
        range.MatchesAllTypes
        || (range.MatchesAllSubTypes && range.Type.Equals(form.Type, StringComparison.OrdinalIgnoreCase))
        || range.MediaType.Equals(form.MediaType, StringComparison.OrdinalIgnoreCase);

    /// <summary>How much a range says: more than <c>*/*</c> says a type, and most a subtype.</summary>
    public static int Precision(MediaTypeHeaderValue range) => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2;
}
