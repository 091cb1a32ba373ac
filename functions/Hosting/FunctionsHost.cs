using Microsoft.AspNetCore.Connections;

namespace FriendCity.Hosting;

/// <summary>Runs the program to its end and turns what can go wrong at the start into one sentence and an exit code.</summary>
internal static class FunctionsHost
{
    public const int CannotStart = 2;

    // The Functions host leaves a program dead that ended with 0, so a failure must never look like a good end.
    private const int Failed = 1;

    public static async Task<int> RunAsync(Func<WebApplication> build, CancellationToken ct = default)
    {
        try
        {
            await using var app = build();
            await StartAsync(app, ct);
            await app.WaitForShutdownAsync(ct);
            var workers = app.Services.GetServices<IHostedService>().OfType<BackgroundService>();
            return workers.Any(worker => worker.ExecuteTask is { IsFaulted: true }) ? Failed : 0;
        }
        catch (StartUpException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return CannotStart;
        }
    }

    private static async Task StartAsync(WebApplication app, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // A worker failed or a signal came before the start was over; waiting for the end then returns at once.
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            var mode = app.Services.GetRequiredService<HostMode>();
            throw new StartUpException(
                $"Port {mode.Port} is already in use: end the program that holds it, or choose another port with --{HostMode.PortSetting}.");
        }
    }
}
