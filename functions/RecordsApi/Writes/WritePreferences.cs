using FriendCity.Http;
using FriendCity.Http.Errors;

namespace FriendCity.RecordsApi.Writes;

/// <summary>
/// What a writer prefers (RFC 7240): <c>return=minimal</c> or <c>representation</c>, <c>handling=strict</c>, and <c>tx=dry-run</c>, which
/// has everything checked and answered and nothing stored. What cannot be understood of <c>tx</c> is always refused: a rehearsal that is
/// mistyped must not be a write.
/// </summary>
internal readonly record struct WritePreferences(bool DryRun, bool Minimal)
{
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["return"] = ["minimal", "representation"],
        ["handling"] = ["strict", "lenient"],
        ["tx"] = ["dry-run", "commit"],
    };

    /// <summary>Reads them, and says in the answer which are followed.</summary>
    /// <exception cref="ProblemException">One cannot be followed, and the caller minds.</exception>
    public static WritePreferences Of(HttpRequest request)
    {
        if (!request.Headers.ContainsKey("Prefer"))
            return default;
        var strict = Is(request, "handling", "strict");
        var applied = new List<string>();
        foreach (var name in Prefer.Names(request).Distinct(StringComparer.OrdinalIgnoreCase))
            if (Known.TryGetValue(name, out var values) && Prefer.Find(request, name) is { } value && values.Contains(value))
                applied.Add($"{name.ToLowerInvariant()}={value}");
            else if (strict || name.Equals("tx", StringComparison.OrdinalIgnoreCase))
                throw Parameters.Wrong("Prefer", $"'{name}' cannot be followed; a write takes {string.Join(", ", Words)}.",
                    $"无法采用“{name}”；写入可用：{string.Join("、", Words)}。");
        if (applied.Count > 0)
            request.HttpContext.Response.Headers["Preference-Applied"] = string.Join(", ", applied);
        return new(Is(request, "tx", "dry-run"), Is(request, "return", "minimal"));
    }

    private static IEnumerable<string> Words => Known.SelectMany(each => each.Value.Select(value => $"{each.Key}={value}"));

    private static bool Is(HttpRequest request, string name, string value) => Prefer.Find(request, name) == value;
}
