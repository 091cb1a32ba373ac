using System.Text;
using FriendCity.Http;
using FriendCity.Storage;

namespace FriendCity.Access;

/// <summary>
/// The same gate behind both doors: no request reaches a function unless <see cref="AccessPolicy"/> and its key allow it.
/// The key comes in <c>X-Api-Key</c>, in the query as <c>code</c> (Power BI), or as the password of Basic.
/// </summary>
internal sealed class Gate(RequestDelegate next, AccessKeys keys, OpenTimers timers, ILogger<Gate> log)
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
            var caller = AccessKey.TryParse(Shown(request), out var key) ? await keys.FindAsync(key, context.RequestAborted) : null;
            if (caller is null)
                await new Problem(Problems.Unauthenticated).Answer().ExecuteAsync(context);
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
        return new Problem(Problems.Forbidden, new($"This needs the scope '{scope}'.", $"需要“{scope}”权限。"));
    }

    private static string? Shown(HttpRequest request)
    {
        if (request.Headers.TryGetValue("X-Api-Key", out var header))
            return header;
        if (request.Headers.Authorization.ToString() is { } basic && basic.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
            return Password(basic["Basic ".Length..]);
        return Parameters.Text(request, Parameters.Code);
    }

    private static string? Password(string credentials)
    {
        Span<byte> bytes = stackalloc byte[256];
        if (!Convert.TryFromBase64String(credentials, bytes, out var length))
            return null;

        var text = Encoding.UTF8.GetString(bytes[..length]);
        return text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }
}
