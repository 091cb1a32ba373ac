using FriendCity.Http.Errors;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace FriendCity.Http.Middleware;

/// <summary>
/// Takes so many requests at once and refuses the others before any work is done for them, so that those taken are answered in time. Whether
/// the service lives is answered always.
/// </summary>
internal sealed class Admission : IFunctionsWorkerMiddleware
{
    /// <summary>Each holds some hundred kilobytes of buffers at worst: in all they leave room for the records.</summary>
    public const int Most = 256;

    private int _taken;

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is null || context.FunctionDefinition.Name == nameof(HealthFunctions.Health))
        {
            await next(context);
            return;
        }

        try
        {
            if (Interlocked.Increment(ref _taken) > Most)
                context.GetInvocationResult().Value = Problems.TooMany.ToResult();
            else
                await next(context);
        }
        finally
        {
            Interlocked.Decrement(ref _taken);
        }
    }
}
