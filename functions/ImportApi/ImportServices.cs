using FriendCity.Http.Errors;
using FriendCity.Operations;

namespace FriendCity.ImportApi;

internal static class ImportServices
{
    public static IServiceCollection AddImports(this IServiceCollection services) => services
        .AddSingleton<ImportFiles>()
        .AddSingleton<ImportJobs>()
        .AddSingleton(provider => new OperationKind([ImportJobs.Import], provider.GetRequiredService<ImportJobs>().RunAsync, Problems.ImportRefused)
        {
            CancelledAsync = provider.GetRequiredService<ImportJobs>().CancelledAsync,
            ForgetAsync = provider.GetRequiredService<ImportFiles>().ForgetAsync,
        });
}
