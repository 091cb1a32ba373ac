using FriendCity.Http.Errors;
using FriendCity.Operations;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FriendCity.ExportApi;

internal static class ExportServices
{
    public static IServiceCollection AddExports(this IServiceCollection services)
    {
        services.TryAddSingleton(ExportOptions.Default);
        return services
            .AddSingleton<ExportFiles>()
            .AddSingleton<ExportJobs>()
            .AddSingleton(provider => new OperationKind(
                [ExportJobs.Export], provider.GetRequiredService<ExportJobs>().RunAsync, Problems.Internal));
    }
}
