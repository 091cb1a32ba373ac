using FriendCity.Http.Errors;
using FriendCity.Storage;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace FriendCity.Http.Middleware;

/// <summary>
/// Around every HTTP function: security headers first, then the function's result is executed, and what goes wrong becomes a problem.
/// </summary>
internal sealed class ProblemMiddleware(PublicAddress address, StorageOptions storage, TimeProvider time,
    ILogger<ProblemMiddleware> log) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http)
        {
            await next(context);
            return;
        }

        StorageTimeout.Begin(storage.SilenceTimeout, time);
        address.Apply(http.Request);
        SecurityHeaders.Apply(http);
        try
        {
            await next(context);
            var outcome = context.GetInvocationResult();
            var result = outcome.Value as IResult;
            // Executed here and taken away: the worker would send it to the host a second time, as JSON.
            outcome.Value = null;
            if (result is not null)
                await result.ExecuteAsync(http);
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested)
        {
            // The caller has left.
        }
        catch (Exception fault)
        {
            await FailAsync(http, fault);
        }
    }

    private async Task FailAsync(HttpContext http, Exception fault)
    {
        if (fault is BadHttpRequestException unreadable && !http.Response.HasStarted)
        {
            await ExceptionMapper.Unreadable(unreadable).ToResult().ExecuteAsync(http);
            return;
        }

        log.LogError(fault, "{Method} {Path} failed", http.Request.Method, http.Request.Path);
        // An answer that breaks off must look broken: the worker would end it as if it were whole.
        if (http.Response.HasStarted)
            http.Abort();
        else
            await new Problem(Problems.Internal).ToResult().ExecuteAsync(http);
    }
}
