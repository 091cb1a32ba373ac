using System.Net;

namespace FriendCity.Hosting;

/// <summary>The Functions host calls a timer: <c>POST /name</c> with the timer's state, and a JSON object must come back.</summary>
internal static partial class TimerCall
{
    public static async Task AnswerAsync(FunctionBinder binder, Function timer, HttpContext context)
    {
        if (!CameFromTheHostItself(context))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (await TimerPayload.ReadAsync(context.Request, timer.Parameters[0].Name, context.RequestAborted) is not { } info)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        try
        {
            context.Features.Set(info);
            await binder.InvokeAsync(timer, context);
        }
        catch (Exception error) when (error is not OperationCanceledException || !context.RequestAborted.IsCancellationRequested)
        {
            var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(TimerCall).FullName!);
            Log.Failed(logger, timer.Name, error);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        // Without a JSON object in the answer the host would wait for this invocation until its time-out.
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("""{"Outputs":{},"Logs":[],"ReturnValue":null}""", context.RequestAborted);
    }

    // A forwarding host turns %5C into a slash and then resolves "..", so a caller outside can make a request for an HTTP function
    // end at a timer's address. Such a request still carries the Host header of the outside; the host's own names our port here.
    private static bool CameFromTheHostItself(HttpContext context)
    {
        var host = context.Request.Host;
        var isLoopback = host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host.Host, out var address) && IPAddress.IsLoopback(address));
        return isLoopback && host.Port == context.Connection.LocalPort;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The timer {Function} failed.")]
        public static partial void Failed(ILogger logger, string function, Exception error);
    }
}
