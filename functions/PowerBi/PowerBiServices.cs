using FriendCity.Access;
using FriendCity.Http;
using FriendCity.PowerBi.OData;
using FriendCity.PowerBi.OData.Model;
using FriendCity.PowerBi.OData.Star;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Publishing;
using Microsoft.AspNetCore.Hosting;

namespace FriendCity.PowerBi;

internal static class PowerBiServices
{
    public static IServiceCollection AddPowerBi(this IServiceCollection services) => services
        .AddSingleton<IStartupFilter, FeedFilter>()
        .AddSingleton(provider => new PowerBiApi(
            provider.GetRequiredService<SnapshotData>(), provider.GetRequiredService<SnapshotPlace>(), provider.GetRequiredService<Authenticator>(),
            provider.GetRequiredService<PublicAddress>()))
        .AddSingleton<FeedModel>()
        .AddSingleton<StarTables>()
        .AddSingleton<FeedRows>()
        .AddSingleton(provider => new ODataApi(provider.GetRequiredService<FeedModel>(), provider.GetRequiredService<FeedRows>(),
            provider.GetRequiredService<ILogger<ODataApi>>()));
}
