using FriendCity.Access;
using FriendCity.Access.Limits;
using FriendCity.Http.Middleware;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;

namespace FriendCity;

/// <summary>The isolated worker: what stands around every function, and what the functions are made of.</summary>
internal static class Worker
{
    // Shorter than the 30 seconds after which container platforms kill.
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(25);

    /// <param name="replace">What a test puts in place of the real settings, clock or storage.</param>
    /// <exception cref="StartUpException">A setting is missing or malformed.</exception>
    public static FunctionsApplicationBuilder ConfigureFriendCity(this FunctionsApplicationBuilder builder,
        Action<IHostApplicationBuilder>? replace = null)
    {
        builder.Configuration.AddSettings();
        replace?.Invoke(builder);
        builder.Logging.AddWorkerLogging();
        builder.ConfigureFunctionsWebApplication();
        // Whatever answers does so inside an invocation: an answer before it leaves the Functions host waiting for 15 seconds.
        builder.UseMiddleware<ProblemMiddleware>().UseMiddleware<CrossOrigin>().UseMiddleware<SlowAnswers>().UseMiddleware<Admission>()
            .UseMiddleware<AuthorizationMiddleware>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopWithin);
        builder.Services.Configure<KestrelServerOptions>(Limit);
        builder.Services.AddFriendCity(builder.Configuration);
        return builder;
    }

    // The Functions host takes 8 KB of address and 32 KB of headers from callers and adds headers of its own: what it took must not be refused here.
    private static void Limit(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestLineSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 200;
    }
}
