using FriendCity.Http.Errors;
using FriendCity.Http.Routing;
using FriendCity.Storage;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace FriendCity.Access;

/// <summary>No request reaches a function unless <see cref="AccessPolicy"/> and its caller's scopes allow it.</summary>
internal sealed class AuthorizationMiddleware(Authenticator signIn, ILogger<AuthorizationMiddleware> log) : IFunctionsWorkerMiddleware
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
        var named = AccessPolicy.Names(request.Method, request.Path);
        if (!named && context.FunctionDefinition.Name == RouteTable.Fallback)
            return null;
        if (AccessPolicy.Needs(request.Method, request.Path) is not { } needed)
            return null;

        try
        {
            var (caller, refused) = await signIn.AskAsync(request, http.RequestAborted);
            if (caller is null)
                return refused;
            http.Features.Set(caller);
            return caller.Scopes.HasFlag(needed) ? null : Forbidden(needed);
        }
        catch (StorageException fault)
        {
            log.LogError(fault, "Keys cannot be read");
            return new Problem(Problems.StorageUnavailable) { RetryAfter = 2 };
        }
    }

    private static Problem Forbidden(Scopes needed)
    {
        var scope = needed.ToString().ToLowerInvariant();
        return new Problem(Problems.Forbidden, new(
            $"This needs the scope '{scope}': a key that has it, or an account with the role '{needed}'.",
            $"需要“{scope}”权限：请使用具有该权限的密钥，或已分配“{needed}”角色的账号。"));
    }
}
