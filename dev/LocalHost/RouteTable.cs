using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.Logging.Abstractions;

namespace FriendCity.LocalHost;

/// <summary>The functions' routes, tried as Azure's host does: in the order of the functions' names, and the first match wins.</summary>
internal sealed class RouteTable
{
    private readonly List<Route> _routes = [];

    public RouteTable(IEnumerable<FunctionEntry> functions, string prefix, IInlineConstraintResolver resolver)
    {
        var served = functions.Where(function => function.Http is not null);
        foreach (var function in served.OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase))
        {
            var template = TemplateParser.Parse($"{prefix}/{function.Http!.Route}".Trim('/'));
            var constraints = new RouteConstraintBuilder(resolver, template.TemplateText!);
            foreach (var parameter in template.Parameters)
            {
                if (parameter.IsOptional)
                    constraints.SetOptional(parameter.Name!);
                foreach (var constraint in parameter.InlineConstraints)
                    constraints.AddResolvedConstraint(parameter.Name!, constraint.Constraint);
            }

            var defaults = new RouteValueDictionary(template.Parameters.Where(parameter => parameter.DefaultValue is not null)
                .Select(parameter => KeyValuePair.Create<string, object?>(parameter.Name!, parameter.DefaultValue)));
            _routes.Add(new Route(function, new TemplateMatcher(template, defaults), constraints.Build()));
        }
    }

    /// <summary>Null when no function takes the path, or none of those that do takes the method: to Azure's host that is the same.</summary>
    public (FunctionEntry Function, RouteValueDictionary Values)? Find(HttpContext context)
    {
        foreach (var route in _routes)
        {
            var values = new RouteValueDictionary();
            if (Allows(route.Function.Http!, context.Request.Method) && route.Matcher.TryMatch(context.Request.Path, values)
                && RouteConstraintMatcher.Match(
                    route.Constraints, values, context, NullRouter.Instance, RouteDirection.IncomingRequest, NullLogger.Instance))
                return (route.Function, values);
        }

        return null;
    }

    /// <summary>The prefix that the app's host.json gives to all routes; "api" unless it says otherwise.</summary>
    public static string Prefix(string appFolder)
    {
        var path = Path.Combine(appFolder, "host.json");
        if (!File.Exists(path))
            return "api";
        var options = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
        using var json = JsonDocument.Parse(File.ReadAllText(path), options);
        return json.RootElement.TryGetProperty("extensions", out var extensions) && extensions.TryGetProperty("http", out var http)
            && http.TryGetProperty("routePrefix", out var prefix) ? prefix.GetString() ?? "api" : "api";
    }

    private static bool Allows(HttpTrigger trigger, string method) =>
        trigger.Methods.Count == 0 || trigger.Methods.Contains(method, StringComparer.OrdinalIgnoreCase);

    private sealed record Route(FunctionEntry Function, TemplateMatcher Matcher, IDictionary<string, IRouteConstraint> Constraints);

    // Constraints are told which router asks, and none of them looks.
    private sealed class NullRouter : IRouter
    {
        public static NullRouter Instance { get; } = new();

        public VirtualPathData? GetVirtualPath(VirtualPathContext context) => null;

        public Task RouteAsync(RouteContext context) => Task.CompletedTask;
    }
}
