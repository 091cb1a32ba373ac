using System.Reflection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FriendCity.Hosting;

internal static class HostingExtensions
{
    // Shorter than the 30 seconds after which container platforms kill.
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(25);

    private const int LongestRequestLine = 64 * 1024;

    /// <exception cref="StartUpException">A function breaks a rule, or a setting of the door is wrong.</exception>
    public static WebApplicationBuilder AddFunctions(this WebApplicationBuilder builder, Assembly assembly) =>
        builder.AddFunctions(FunctionCatalog.In(assembly));

    public static WebApplicationBuilder AddFunctions(this WebApplicationBuilder builder, FunctionCatalog catalog)
    {
        var mode = HostMode.From(builder.Configuration);
        builder.WebHost.UseUrls(mode.Url).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A filter of 4,096 Chinese characters takes nine bytes for each.
            kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
        });
        builder.Logging.AddFunctionLogging();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = StopWithin);
        builder.Services.AddSingleton(catalog).AddSingleton(mode).AddSingleton<FunctionBinder>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        if (mode.IsCustomHandler)
            builder.Services.AddSingleton<IStartupFilter, InvocationScope>();
        else
            builder.Services.AddHostedService<TimerService>();
        return builder;
    }

    public static IEndpointConventionBuilder MapFunctions(this WebApplication app) =>
        ((IEndpointRouteBuilder)app).MapFunctions(app.Services.GetRequiredService<FunctionCatalog>(), app.Services.GetRequiredService<HostMode>());
}
