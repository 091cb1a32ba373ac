namespace FriendCity.Hosting;

/// <summary>
/// What functions may be beside each other. The Functions host tries routes in order of name and the first match wins; ASP.NET
/// takes the most precise. The two agree only when no address matches two functions.
/// </summary>
internal static class RouteRules
{
    private static readonly string[] Known = ["get", "head", "post", "put", "patch", "delete", "options"];

    public static IEnumerable<string> Check(IReadOnlyList<Function> functions)
    {
        var http = functions.Where(function => function.Http is not null).ToList();
        return Names(functions).Concat(http.SelectMany(Own)).Concat(Pairs(http)).Concat(Reserved(http, functions));
    }

    private static IEnumerable<string> Names(IReadOnlyList<Function> functions) =>
        from twins in functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase)
        where twins.Count() > 1
        select $"{string.Join(" and ", twins)}: the name '{twins.Key}' is used more than once.";

    private static IEnumerable<string> Own(Function function)
    {
        var methods = function.Http!.Methods;
        if (methods.Length == 0)
            yield return $"{function}: the HTTP methods must be named.";
        foreach (var method in methods.Where(method => !Known.Contains(method, StringComparer.OrdinalIgnoreCase)))
            yield return $"{function}: '{method}' is not an HTTP method.";
        if (methods.Distinct(StringComparer.OrdinalIgnoreCase).Count() < methods.Length)
            yield return $"{function}: an HTTP method is named twice.";
        if (function.Route.StartsWith('/') || function.Route.StartsWith('~') || RouteTemplate.TryParse(function.Route) is null)
            yield return $"{function}: '{function.Route}' is not a route.";

        // The host compares the beginning of the text, so even "administrators" is refused.
        if (function.Route.StartsWith("admin", StringComparison.OrdinalIgnoreCase)
            || function.Route.StartsWith("runtime", StringComparison.OrdinalIgnoreCase))
            yield return $"{function}: the route '{function.Route}' must not begin with 'admin' or 'runtime'.";
    }

    private static IEnumerable<string> Pairs(List<Function> http) =>
        from at in Enumerable.Range(0, http.Count)
        from other in http.Skip(at + 1)
        let one = http[at]
        where Overlap(one.Route, other.Route)
        from rule in Pair(one.Http!, other.Http!)
        select $"{one} and {other}: the routes '{one.Route}' and '{other.Route}' overlap {rule}.";

    private static IEnumerable<string> Pair(HttpTriggerAttribute one, HttpTriggerAttribute other)
    {
        var shared = one.Methods.Intersect(other.Methods, StringComparer.OrdinalIgnoreCase).ToList();
        if (shared.Count > 0)
            yield return $"and share {string.Join(", ", shared)}";
        if (one.AuthLevel != other.AuthLevel)
            yield return "with different levels";
    }

    // The host asks GET / for signs of life and calls a timer by POST /<name>. A route that also matches such an address would
    // let anyone outside call it.
    private static IEnumerable<string> Reserved(List<Function> http, IReadOnlyList<Function> functions) =>
        from address in functions.Where(function => function.Timer is not null).Select(timer => timer.Name).Prepend("")
        from function in http
        where Overlap(function.Route, address)
        select $"{function}: the route '{function.Route}' overlaps the address '/{address}', which belongs to the host.";

    private static bool Overlap(string one, string other) =>
        RouteTemplate.TryParse(one) is { } left && RouteTemplate.TryParse(other) is { } right && left.Overlaps(right);
}
