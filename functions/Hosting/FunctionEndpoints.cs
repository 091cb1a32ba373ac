using Microsoft.AspNetCore.Routing;

namespace FriendCity.Hosting;

internal static class FunctionEndpoints
{
    /// <summary>
    /// Maps every HTTP function and <c>GET /</c>; behind the Functions host the timers too. The answer stands for the HTTP
    /// functions only: what is required of callers is not required of the host. Each endpoint carries its <see cref="Function"/>.
    /// </summary>
    public static IEndpointConventionBuilder MapFunctions(this IEndpointRouteBuilder endpoints, FunctionCatalog catalog, HostMode mode)
    {
        var binder = endpoints.ServiceProvider.GetRequiredService<FunctionBinder>();
        var functions = endpoints.MapGroup("");
        foreach (var function in catalog.Http)
        {
            functions.MapMethods(function.Route, function.Http!.Methods, context => binder.InvokeAsync(function, context))
                .WithDisplayName(function.Name)
                .WithMetadata(function);
        }

        // The host polls this until something answers, and later for signs of life: no work, no access check.
        endpoints.MapGet("/", context =>
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
            return context.Response.WriteAsync("FriendCity is running.\n", context.RequestAborted);
        });
        if (mode.IsCustomHandler)
        {
            foreach (var timer in catalog.Timers)
                endpoints.MapPost("/" + timer.Name, context => TimerCall.AnswerAsync(binder, timer, context)).WithDisplayName(timer.Name);
        }

        return functions;
    }
}
