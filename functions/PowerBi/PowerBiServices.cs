using FriendCity.PowerBi.OData;
using FriendCity.PowerBi.OData.Model;
using FriendCity.PowerBi.OData.Star;
using Microsoft.AspNetCore.Hosting;

namespace FriendCity.PowerBi;

internal static class PowerBiServices
{
    public static IServiceCollection AddPowerBi(this IServiceCollection services) => services
        .AddSingleton<IStartupFilter, FeedFilter>()
        .AddSingleton<FeedModel>()
        .AddSingleton<StarTables>()
        .AddSingleton<FeedRows>();
}
