using FriendCity.Http.Errors;

namespace FriendCity.Access;

/// <summary>
/// What each address needs, in one list: the first line that fits decides, and what fits no line needs <see cref="Scopes.Admin"/>
/// (default deny). Null is open to all; open addresses carry no data.
/// </summary>
internal static class AccessPolicy
{
    private static readonly Line[] Lines =
    [
        new("GET", "/", Exact: true, null),
        new("GET", "/health", Exact: false, null),
        new("GET", "/dashboard", Exact: false, null),
        new("GET", "/docs", Exact: false, null),
        new("GET", "/openapi.json", Exact: true, null),
        new("GET", "/openapi.yaml", Exact: true, null),
        new("GET", "/powerbi", Exact: true, null),
        new("GET", "/powerbi/connect.pbids", Exact: true, null),
        new("GET", "/powerbi/storage.pbids", Exact: true, null),
        new("GET", "/powerbi/project.zip", Exact: true, null),
        new("GET", "/powerbi", Exact: false, Scopes.Read),
        new("GET", "/odata", Exact: false, Scopes.Read),
        new("POST", "/api/v1/snapshots", Exact: false, Scopes.Run),
        new("DELETE", "/api/v1/operations", Exact: false, Scopes.Run),
        new("POST", "/api/v1/kpis/K32/what-if", Exact: true, Scopes.Read), // asks a question and writes nothing
        new("POST", "/mcp", Exact: true, Scopes.Read), // agents ask, and write nothing
        new("GET", "/api/v1/keys", Exact: false, Scopes.Admin),
        new("POST", "/api/v1/keys", Exact: false, Scopes.Admin),
        new("DELETE", "/api/v1/keys", Exact: false, Scopes.Admin),
        new("POST", "/api/v1/batch", Exact: true, Scopes.Write), // and each of its writes what it needs by itself
        new("GET", "/api/v1", Exact: false, Scopes.Read),
        new("POST", "/api/v1", Exact: false, Scopes.Write),
        new("PUT", "/api/v1", Exact: false, Scopes.Write),
        new("PATCH", "/api/v1", Exact: false, Scopes.Write),
        new("DELETE", "/api/v1", Exact: false, Scopes.Write),
    ];

    private sealed record Line(string Method, PathString Path, bool Exact, Scopes? Needs)
    {
        public bool Fits(string method, PathString path) =>
            method == Method && (Exact
                ? path.Equals(Path, StringComparison.OrdinalIgnoreCase) : path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase));
    }

    public static Scopes? Needs(string method, PathString path)
    {
        // Routing does not mind a slash at the end, so neither does this list.
        var asked = path.Value is { Length: > 1 } text && text.EndsWith('/') ? new PathString(text.TrimEnd('/')) : path;
        var line = Array.Find(Lines, each => each.Fits(HttpMethods.IsHead(method) ? HttpMethods.Get : method, asked.HasValue ? asked : "/"));
        return line is null ? Scopes.Admin : line.Needs;
    }

    /// <summary>Null when the caller's scopes are enough.</summary>
    public static Problem? Refusal(Caller caller, Scopes needed)
    {
        if (caller.Scopes.HasFlag(needed))
            return null;
        var scope = needed.ToString().ToLowerInvariant();
        return new Problem(Problems.Forbidden, new(
            $"This needs the scope '{scope}': a key that has it, or an account with the role '{needed}'.",
            $"需要“{scope}”权限：请使用具有该权限的密钥，或已分配“{needed}”角色的账号。"));
    }

    /// <summary>True when a line names the address, so that it does not rest on the default.</summary>
    public static bool Names(string method, PathString path) =>
        Array.Exists(Lines, each => each.Fits(HttpMethods.IsHead(method) ? HttpMethods.Get : method, path));
}
