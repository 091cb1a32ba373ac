using FriendCity.Records;
using Microsoft.Net.Http.Headers;

namespace FriendCity.Http;

/// <summary>The reader's language by Accept-Language: Chinese when any Chinese is preferred to English, otherwise English.</summary>
internal static class Languages
{
    public static Language Of(HttpRequest request)
    {
        if (!StringWithQualityHeaderValue.TryParseList([.. request.Headers.AcceptLanguage.OfType<string>()], out var accepted))
            return Language.English;

        var best = accepted.Where(range => Is(range, "zh") || Is(range, "en")).MaxBy(range => range.Quality ?? 1);
        return best is not null && Is(best, "zh") ? Language.Chinese : Language.English;
    }

    public static string Tag(Language language) => language == Language.Chinese ? "zh-CN" : "en";

    private static bool Is(StringWithQualityHeaderValue range, string language) => range.Value.StartsWith(language, StringComparison.OrdinalIgnoreCase);
}
