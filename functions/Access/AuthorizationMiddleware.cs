using FriendCity.Access.Limits;
using FriendCity.Http.Errors;
using FriendCity.Http.Routing;
using FriendCity.Storage;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace FriendCity.Access;

/// <summary>No request reaches a function unless <see cref="AccessPolicy"/>, its caller's scopes and what is left to it allow it.</summary>
internal sealed class AuthorizationMiddleware(Authenticator signIn, SignInRefusals refusals, RateLimits limits, ILogger<AuthorizationMiddleware> log)
    : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http && await RefusalAsync(context, http) is { } refused)
            context.GetInvocationResult().Value = refused.ToResult();
        else
            await next(context);
    }

    /// <summary>Null when the function may be called.</summary>
    private async Task<Problem?> RefusalAsync(FunctionContext context, HttpContext http)
    {
        var request = http.Request;
        // Routing takes "delete" for DELETE; policy and functions must not see anything else.
        request.Method = HttpMethods.GetCanonicalizedValue(request.Method);
        if (context.FunctionDefinition.Name == RouteTable.Fallback && !AccessPolicy.Names(request.Method, request.Path))
            return null;
        if (AccessPolicy.Needs(request.Method, request.Path) is not { } needed)
            return null;

        try
        {
            var (caller, refused) = await signIn.AskAsync(request, http.RequestAborted);
            if (caller is null)
                return Refused(http, refused!);
            http.Features.Set(caller);
            return limits.Take(http, caller) ?? AccessPolicy.Refusal(caller, needed);
        }
        catch (StorageException fault)
        {
            log.LogError(fault, "Keys cannot be read");
            return new Problem(Problems.StorageUnavailable) { RetryAfter = 2 };
        }
    }

    /// <summary>Who shows nothing, as a browser does at first, has not tried to sign in.</summary>
    private Problem Refused(HttpContext http, Problem problem)
    {
        var shown = Credentials.Of(http.Request);
        return problem.Code.Status == StatusCodes.Status401Unauthorized && (shown.Key is not null || shown.Token is { Length: > 0 })
            ? refusals.Refuse(http, shown, problem) : problem;
    }
}
