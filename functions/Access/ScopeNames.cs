namespace FriendCity.Access;

/// <summary>Scopes as people write them: names with commas between. Numbers are no names: 15 would grant everything.</summary>
internal static class ScopeNames
{
    private static readonly Dictionary<string, Scopes> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["read"] = Scopes.Read,
        ["write"] = Scopes.Write,
        ["run"] = Scopes.Run,
        ["admin"] = Scopes.Admin,
    };

    public static string All { get; } = string.Join(", ", Known.Keys);

    public static IEnumerable<string> Of(Scopes scopes) => Known.Where(each => scopes.HasFlag(each.Value)).Select(each => each.Key);

    /// <summary>False when the list is empty or names something else.</summary>
    public static bool TryParse(string list, out Scopes scopes)
    {
        scopes = Scopes.None;
        foreach (var name in list.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!Known.TryGetValue(name, out var scope))
                return false;
            scopes |= scope;
        }

        return true;
    }
}
