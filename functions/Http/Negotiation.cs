using FriendCity.Http.Errors;
using Microsoft.Net.Http.Headers;

namespace FriendCity.Http;

/// <summary>How much a caller likes a form, by RFC 9110 12.4.2: the most specific range that fits decides, and 0 means never.</summary>
internal static class Negotiation
{
    private const string ProblemJson = "application/problem+json";

    private static readonly string[] JsonAlone = ["application/json"];

    /// <summary>
    /// What the caller likes best by <c>Accept</c>, the first of those that are liked alike; null when none is taken. A caller who says nothing,
    /// or nothing that can be read, likes all alike.
    /// </summary>
    public static T? Best<T>(HttpRequest request, IReadOnlyList<T> offered, Func<T, string> mediaType)
        where T : class
    {
        if (Ranges(request) is not { } ranges)
            return offered[0];
        return offered.Select(each => (each, quality: Quality(ranges, MediaTypeHeaderValue.Parse(mediaType(each)))))
            .Where(each => each.quality > 0).OrderByDescending(each => each.quality).FirstOrDefault().each;
    }

    /// <summary>Generated programs that expect no body, as of a deletion, name the form of problems alone.</summary>
    /// <exception cref="ProblemException">The caller takes no JSON.</exception>
    public static void RequireJson(HttpRequest request)
    {
        if (Best(request, JsonAlone, type => type) is null
            && !Ranges(request)!.Any(range => range.MediaType.Equals(ProblemJson, StringComparison.OrdinalIgnoreCase) && range.Quality != 0))
            throw new ProblemException(
                new(Problems.NotAcceptable, new("This address answers application/json.", "该地址以 application/json 格式应答。")));
    }

    /// <summary>Null where the caller says nothing, or nothing that can be read.</summary>
    private static IList<MediaTypeHeaderValue>? Ranges(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList([.. request.Headers.Accept.OfType<string>()], out var ranges) && ranges.Count > 0 ? ranges : null;

    private static double Quality(IList<MediaTypeHeaderValue> ranges, MediaTypeHeaderValue form) =>
        ranges.Where(range => Fits(range, form)).OrderByDescending(Precision).Select(range => range.Quality ?? 1).FirstOrDefault();

    private static bool Fits(MediaTypeHeaderValue range, MediaTypeHeaderValue form) =>
        range.MatchesAllTypes
        || (range.MatchesAllSubTypes && range.Type.Equals(form.Type, StringComparison.OrdinalIgnoreCase))
        || range.MediaType.Equals(form.MediaType, StringComparison.OrdinalIgnoreCase);

    /// <summary>How much a range says: more than <c>*/*</c> says a type, and most a subtype.</summary>
    public static int Precision(MediaTypeHeaderValue range) => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2;
}
