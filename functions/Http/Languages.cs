using FriendCity.Http.Errors;
using FriendCity.Messages;
using Microsoft.Net.Http.Headers;

namespace FriendCity.Http;

/// <summary>The reader's language by Accept-Language: Chinese when any Chinese is preferred to English, otherwise English.</summary>
internal static class Languages
{
    public const string Parameter = "lang";

    /// <summary>The parameter goes before the header: what is printed or shown is often for someone else.</summary>
    /// <exception cref="ProblemException">Another language.</exception>
    public static Language Asked(HttpRequest request) => Parameters.Text(request, Parameter) switch
    {
        null => Of(request),
        "en" => Language.English,
        "zh" or "zh-CN" => Language.Chinese,
        _ => throw Parameters.Wrong(Parameter, "en, zh or zh-CN.", "应为 en、zh 或 zh-CN。"),
    };

    public static Language Of(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList([.. request.Headers.AcceptLanguage.OfType<string>()], out var accepted))
            return Language.English;
        // Of two liked alike, the one named first.
        var (chinese, english) = (Best(accepted, "zh"), Best(accepted, "en"));
        return chinese.Quality > english.Quality || (chinese.Quality == english.Quality && chinese.Quality > 0 && chinese.Place < english.Place)
            ? Language.Chinese
            : Language.English;
    }

    public static string Tag(Language language) => language == Language.Chinese ? "zh-CN" : "en";

    /// <summary>The best of the ranges that name the language, in any country; where none does, that of <c>*</c>. 0 is never.</summary>
    private static (double Quality, int Place) Best(IList<StringWithQualityHeaderValue> accepted, string language)
    {
        var ranges = accepted.Select((range, place) => (Range: range.Value.ToString(), Quality: range.Quality ?? 1, Place: place)).ToList();
        var named = ranges.Where(each => each.Range.Equals(language, StringComparison.OrdinalIgnoreCase)
            || each.Range.StartsWith(language + "-", StringComparison.OrdinalIgnoreCase)).ToList();
        if (named.Count == 0)
            named = ranges.Where(each => each.Range == "*").ToList();
        return named.Count == 0 ? (0, int.MaxValue) : named.Select(each => (each.Quality, each.Place)).OrderByDescending(each => each.Quality)
            .First();
    }
}
