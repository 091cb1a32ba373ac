namespace FriendCity.Hosting;

/// <summary>
/// Behind a forwarding host, log lines are tied to an invocation by nothing but this header. It is put around everything else,
/// so that every line of a request carries it.
/// </summary>
internal sealed class InvocationScope(ILogger<InvocationScope> logger) : Microsoft.AspNetCore.Hosting.IStartupFilter
{
    private const string Header = "X-Azure-Functions-InvocationId";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (HttpContext context, RequestDelegate following) =>
        {
            using (Begin(context.Request.Headers[Header].ToString()))
                await following(context);
        });
        next(app);
    };

    private IDisposable? Begin(string id) =>
        id.Length == 0 ? null : logger.BeginScope("Invocation {InvocationId}", id);
}
