using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace FriendCity.Http.Routing;

/// <summary>One HTTP function: its name, route and methods, read from its trigger.</summary>
internal sealed record FunctionRoute(string Name, string Route, IReadOnlyList<string> Methods)
{
    private readonly TemplateMatcher _matcher = new(TemplateParser.Parse(Route), []);

    /// <summary>The route's values, or null when it is not the address of this function.</summary>
    public RouteValueDictionary? Match(PathString path)
    {
        var values = new RouteValueDictionary();
        return _matcher.TryMatch(path.HasValue ? path : "/", values) ? values : null;
    }
}

/// <summary>The routes of all HTTP functions, in the order in which the Functions host tries them: by name, ignoring case.</summary>
internal static class RouteTable
{
    /// <summary>The function that takes what no other does: behind every other name.</summary>
    public const string Fallback = "ZFallback";

    private static readonly Lazy<IReadOnlyList<FunctionRoute>> Routes = new(Read);

    public static IReadOnlyList<FunctionRoute> All => Routes.Value;

    // Those of the classes named …Functions: to look through all others takes long.
    private static IReadOnlyList<FunctionRoute> Read() =>
    [
        .. from type in typeof(RouteTable).Assembly.GetTypes()
           where type.Name.EndsWith("Functions", StringComparison.Ordinal)
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
           let name = method.GetCustomAttribute<FunctionAttribute>()?.Name
           let trigger = method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
               .FirstOrDefault(found => found is not null)
           where name is not null && trigger is not null
           orderby name.ToUpperInvariant()
           select new FunctionRoute(name, trigger.Route ?? name, [.. (trigger.Methods ?? []).Select(each => each.ToUpperInvariant())]),
    ];
}
