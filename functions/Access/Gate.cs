using FriendCity.Http;
using FriendCity.Storage;

namespace FriendCity.Access;

/// <summary>The same gate behind both doors: no request reaches a function unless <see cref="AccessPolicy"/> and its caller's scopes allow it.</summary>
internal sealed class Gate(RequestDelegate next, SignIn signIn, OpenTimers timers, ILogger<Gate> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        // Routing takes "delete" for DELETE; policy and functions must not see anything else.
        request.Method = HttpMethods.GetCanonicalizedValue(request.Method);
        if (AccessPolicy.Needs(request.Method, request.Path) is not { } needed || timers.Allow(request))
        {
            await next(context);
            return;
        }

        try
        {
            var (caller, refused) = await signIn.AskAsync(request, context.RequestAborted);
            if (caller is null)
                await refused!.Answer().ExecuteAsync(context);
            else if (!caller.Scopes.HasFlag(needed))
                await Forbidden(needed).Answer().ExecuteAsync(context);
            else
            {
                context.Features.Set(caller);
                await next(context);
            }
        }
        catch (StorageException fault) when (!context.Response.HasStarted)
        {
            log.LogError(fault, "Keys cannot be read");
            await new Problem(Problems.StorageUnavailable) { RetryAfter = 2 }.Answer().ExecuteAsync(context);
        }
    }

    private static Problem Forbidden(Scopes needed)
    {
        var scope = needed.ToString().ToLowerInvariant();
        return new Problem(Problems.Forbidden, new(
            $"This needs the scope '{scope}': a key that has it, or an account with the role '{needed}'.", $"需要“{scope}”权限:请使用具有该权限的密钥,或已分配“{needed}”角色的账号。"));
    }
}
