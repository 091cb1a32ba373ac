using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FriendCity.LocalHost;

/// <summary>The two servers of a host: one for people and one for workers.</summary>
internal static class Servers
{
    private const long LargestBody = 100 * 1024 * 1024;

    /// <summary>Kestrel's own limits are those that Azure's host has: 8 KB of request line (414) and 32 KB of headers (431).</summary>
    public static WebApplication Front(LocalHostOptions options, Action<IServiceCollection> services) => Build(
        options,
        kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            if (options.Port == 0)
                kestrel.Listen(IPAddress.Loopback, 0);
            else
                kestrel.ListenLocalhost(options.Port);
        },
        services);

    public static WebApplication Rpc(LocalHostOptions options, Action<IServiceCollection> services) =>
        Build(options, kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2), services);

    public static Uri Address(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    private static WebApplication Build(LocalHostOptions options, Action<KestrelServerOptions> kestrel, Action<IServiceCollection> services)
    {
        // Empty: neither the environment nor files beside the program have a say, and nothing logs.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel);
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Grace);
        // A span of a request would carry its address. What is disposed has no listeners.
        var (spans, events) = (new ActivitySource("None"), new DiagnosticListener("None"));
        spans.Dispose();
        events.Dispose();
        builder.Services.AddSingleton(spans).AddSingleton(events);
        services(builder.Services);
        return builder.Build();
    }

    /// <summary>Signals are for the program, not for a server in it.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
