using FriendCity.Access;
using FriendCity.PowerBi.OData;
using FriendCity.Snapshots;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.ResponseCompression;

namespace FriendCity.PowerBi;

internal static class PowerBiServices
{
    /// <summary>Before the gate is added: what every answer of the feed has, the gate's refusals have too.</summary>
    public static IServiceCollection AddPowerBi(this IServiceCollection services) => services
        .AddResponseCompression(options =>
        {
            // A page holds no secret of the caller's for an attacker to guess by its length.
            options.EnableForHttps = true;
            options.MimeTypes = ["application/json", "application/xml", "text/plain"];
            options.Providers.Add<BrotliCompressionProvider>();
            options.Providers.Add<GzipCompressionProvider>();
        })
        .AddSingleton<IStartupFilter, FeedFilter>()
        .AddSingleton(provider => new PowerBiApi(provider.GetRequiredService<SnapshotData>(), provider.GetRequiredService<SnapshotPlace>(), provider.GetRequiredService<SignIn>()))
        .AddSingleton<FeedModel>()
        .AddSingleton<StarTables>()
        .AddSingleton<FeedRows>()
        .AddSingleton(provider => new ODataApi(provider.GetRequiredService<FeedModel>(), provider.GetRequiredService<FeedRows>(), provider.GetRequiredService<ILogger<ODataApi>>()));
}
