using Microsoft.Azure.Functions.Worker.Middleware;

namespace FriendCity.Access.Limits;

/// <summary>
/// Lets an answer wait that is to be slow. It stands outside of what counts requests, and waits without a thread, so who is slowed takes
/// nobody's place.
/// </summary>
internal sealed class SlowAnswers(SignInRefusals refusals, TimeProvider time) : IFunctionsWorkerMiddleware
{
    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        await next(context);
        if (context.GetHttpContext() is not { } http || http.Features.Get<SlowAnswer>() is not { } slow)
            return;
        try
        {
            await Task.Delay(slow.Delay, time, http.RequestAborted);
        }
        finally
        {
            refusals.Waited();
        }
    }
}
