using FriendCity.Storage;

namespace FriendCity.Hosting;

/// <summary>The timers of the stand-alone server, a loop for each, so that a function never overlaps itself.</summary>
/// <param name="blobs">Null in a program without storage.</param>
/// <param name="lifetime">Null in a program that does not listen.</param>
internal sealed class TimerService(
    FunctionCatalog catalog,
    FunctionBinder binder,
    IServiceScopeFactory scopes,
    IConfiguration configuration,
    TimeProvider clock,
    ILogger<TimerService> logger,
    IBlobStorage? blobs = null,
    IHostApplicationLifetime? lifetime = null) : BackgroundService
{
    private List<TimerLoop> _timers = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _timers = [.. TimerSettings.Resolve(catalog, configuration).Select(timer => Loop(timer.Function, timer.Schedule))];
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (lifetime is not null)
                await FirstMoments.OverAsync(lifetime, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return; // it never listened, or not for long
        }

        await Task.WhenAll(_timers.Select(timer => timer.RunAsync(stoppingToken)));
    }

    private TimerLoop Loop(Function function, TimerSchedule schedule)
    {
        ITimerBook book = blobs is not null && function.Timer!.UseMonitor ? new BlobTimerBook(blobs, function.Name, clock, logger) : new MemoryTimerBook();
        return new TimerLoop(function, schedule, book, (info, ct) => CallAsync(function, info, ct), clock, logger);
    }

    private async Task CallAsync(Function function, TimerInfo info, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = ct };
        context.Features.Set(info);
        await binder.InvokeAsync(function, context);
    }
}
