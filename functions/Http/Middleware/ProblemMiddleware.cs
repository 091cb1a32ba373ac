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
        catch (Exception thrown)
        {
            // The worker waits for a function's task in a way that wraps what it throws.
            var fault = thrown is AggregateException { InnerExceptions: [var only] } ? only : thrown;
            // Who has left is told nothing.
            if (!(fault is OperationCanceledException or IOException && http.RequestAborted.IsCancellationRequested))
                await FailAsync(http, fault);
        }
    }

    private async Task FailAsync(HttpContext http, Exception fault)
    {
        var problem = ExceptionMapper.ProblemOf(fault, http.Request, log);
        // An answer that breaks off must look broken: the worker would end it as if it were whole.
        if (http.Response.HasStarted)
            http.Abort();
        else
            await problem.ToResult().ExecuteAsync(http);
    }
}
