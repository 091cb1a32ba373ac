using System.Text.RegularExpressions;

namespace FriendCity.Http;

/// <summary>
/// The header <c>Prefer</c> (RFC 7240): preferences with commas between, each a name, perhaps a value, and parameters after semicolons.
/// </summary>
internal static partial class Prefer
{
    /// <summary>The value of a preference: empty when it has none, null when it is not stated. Of one stated twice the first counts.</summary>
    public static string? Find(HttpRequest request, string name) =>
        Stated(request, name) is { } stated ? Unquoted(stated.Groups["value"].Value) : null;

    /// <summary>The value of a preference's parameter: empty when it has none, null when the preference or its parameter is not stated.</summary>
    public static string? Parameter(HttpRequest request, string name, string parameter) => Stated(request, name)?.Groups["parameter"].Captures
        .Select(each => each.Value.Split('=', 2, StringSplitOptions.TrimEntries))
        .Where(each => each[0].Equals(parameter, StringComparison.OrdinalIgnoreCase))
        .Select(each => each.Length == 1 ? "" : Unquoted(each[1]))
        .FirstOrDefault();

    /// <summary>The names of all preferences that are stated.</summary>
    public static IEnumerable<string> Names(HttpRequest request) =>
        All(request).Select(each => each.Groups["name"].Value).Where(name => name.Length > 0);

    private static IEnumerable<Match> All(HttpRequest request) => request.Headers["Prefer"].SelectMany(line => Preference().Matches(line ?? ""));

    private static Match? Stated(HttpRequest request, string name) => All(request)
        .FirstOrDefault(each => each.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string Unquoted(string word) => word is ['"', .., '"'] ? Escape().Replace(word[1..^1], "${sign}") : word;

    // Text in quotes may hold commas and semicolons, so it is one piece; what is no preference is passed over up to the next comma.
    [GeneratedRegex("""
        \G[ \t,]*(?:
          (?<name>[!#$%&'*+\-.^_`|~0-9A-Za-z]+)
          (?:[ \t]*=[ \t]*(?<value>[!#$%&'*+\-.^_`|~0-9A-Za-z]+|"(?:\\.|[^"\\])*"))?
          (?:[ \t]*;[ \t]*(?<parameter>[!#$%&'*+\-.^_`|~0-9A-Za-z]+(?:[ \t]*=[ \t]*(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+|"(?:\\.|[^"\\])*"))?)?)*
          [ \t]*(?=,|$)
        | (?:"(?:\\.|[^"\\])*"|[^",])+ )
        """, RegexOptions.IgnorePatternWhitespace, 1000)]
    private static partial Regex Preference();

    [GeneratedRegex(@"\\(?<sign>.)", RegexOptions.None, 1000)]
    private static partial Regex Escape();
}
