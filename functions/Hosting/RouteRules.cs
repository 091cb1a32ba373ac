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
        var routes = http.Select(function => new Route(function, RouteTemplate.TryParse(function.Route))).ToList();
        return Names(functions).Concat(http.SelectMany(Own)).Concat(Pairs(routes)).Concat(Reserved(routes, functions));
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

    private static IEnumerable<string> Pairs(List<Route> routes)
    {
        for (var at = 0; at < routes.Count; at++)
            for (var beside = at + 1; beside < routes.Count; beside++)
                if (Overlap(routes[at].Template, routes[beside].Template))
                    foreach (var rule in Pair(routes[at].Function.Http!, routes[beside].Function.Http!))
                        yield return $"{routes[at].Function} and {routes[beside].Function}: the routes '{routes[at].Function.Route}' and '{routes[beside].Function.Route}' overlap {rule}.";
    }

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
    private static IEnumerable<string> Reserved(List<Route> routes, IReadOnlyList<Function> functions) =>
        from address in functions.Where(function => function.Timer is not null).Select(timer => timer.Name).Prepend("")
        let template = RouteTemplate.TryParse(address)
        from route in routes
        where Overlap(route.Template, template)
        select $"{route.Function}: the route '{route.Function.Route}' overlaps the address '/{address}', which belongs to the host.";

    private static bool Overlap(RouteTemplate? one, RouteTemplate? other) => one is not null && other is not null && one.Overlaps(other);

    private sealed record Route(Function Function, RouteTemplate? Template);
}
