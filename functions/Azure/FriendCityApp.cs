using FriendCity.Access;
using Microsoft.Azure.Functions.Worker.Builder;

namespace FriendCity;

/// <summary>The door on the official packages: the worker calls the functions, and the Functions host calls the timers through it.</summary>
internal static class FriendCityApp
{
    private const int CannotStart = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var builder = FunctionsApplication.CreateBuilder(args);
            builder.ConfigureFunctionsWebApplication();
            builder.Configuration.AddSettings();
            // Timers never come over HTTP here, so none is open.
            builder.Services.AddSingleton(TimeProvider.System).AddSingleton(new OpenTimers([])).AddFriendCity(builder.Configuration);
            using var host = builder.Build();
            await host.RunAsync();
            return 0;
        }
        catch (StartUpException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return CannotStart;
        }
    }
}
