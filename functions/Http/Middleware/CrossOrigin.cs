using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace FriendCity.Http.Middleware;

/// <summary>
/// Lets pages of the origins that are set call the API from a browser (the Fetch standard's CORS protocol). A preflight carries no key, so it
/// is answered before anyone is asked for one. No cookies are involved: a page shows the key itself.
/// </summary>
internal sealed class CrossOrigin(IReadOnlyList<string> origins) : IFunctionsWorkerMiddleware
{
    private const string Exposed =
        "ETag, Location, Link, Allow, Age, Retry-After, RateLimit, RateLimit-Policy, Preference-Applied, WWW-Authenticate, Content-Disposition, "
        + "Content-Range, OData-Version, Changes-Cursor, Idempotency-Replayed";

    private const string Methods = "GET, HEAD, POST, PUT, PATCH, DELETE";

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (origins.Count == 0 || context.GetHttpContext() is not { } http)
            return next(context);

        var (request, headers) = (http.Request, http.Response.Headers);
        // Which answer a cache may give depends on who asks, also where nobody is let in.
        http.Response.OnStarting(() =>
        {
            headers.Append(HeaderNames.Vary, HeaderNames.Origin);
            return Task.CompletedTask;
        });
        if (!origins.Contains(request.Headers.Origin.ToString(), StringComparer.Ordinal))
            return next(context);

        headers.AccessControlAllowOrigin = request.Headers.Origin;
        headers.AccessControlExposeHeaders = Exposed;
        if (!HttpMethods.IsOptions(request.Method) || StringValues.IsNullOrEmpty(request.Headers.AccessControlRequestMethod))
            return next(context);

        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlAllowHeaders = request.Headers.AccessControlRequestHeaders;
        headers.AccessControlMaxAge = "600";
        context.GetInvocationResult().Value = Results.NoContent();
        return Task.CompletedTask;
    }
}
