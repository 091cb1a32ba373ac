namespace FriendCity.Hosting;

/// <summary>
/// The timers of the stand-alone server: one loop a timer, so a function never overlaps itself. Occurrences that pass while it
/// runs are skipped, as the Functions host does.
/// </summary>
internal sealed partial class TimerService(
    FunctionCatalog catalog,
    FunctionBinder binder,
    TimerRuns runs,
    IServiceScopeFactory scopes,
    IConfiguration configuration,
    TimeProvider clock,
    ILogger<TimerService> logger) : BackgroundService
{
    // A delay longer than 49 days is not possible, and a machine's sleep or a corrected clock should not be noticed late.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private List<(Function Function, TimerSchedule Schedule)> _timers = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _timers = TimerSettings.Resolve(catalog, configuration);
        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_timers.Select(timer => RunAsync(timer.Function, timer.Schedule, stoppingToken)));

    private async Task RunAsync(Function function, TimerSchedule schedule, CancellationToken ct)
    {
        try
        {
            var from = Now;
            if (function.Timer!.RunOnStartup)
                await FireAsync(function, from, ct);
            while (schedule.Next(from) is { } due)
            {
                await WaitUntilAsync(due, ct);
                await FireAsync(function, due, ct);
                from = due > Now ? due : Now;
            }

            Log.NeverDue(logger, function.Name);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task WaitUntilAsync(DateTime due, CancellationToken ct)
    {
        while (due - Now is var left && left > TimeSpan.Zero)
            await Task.Delay(left < LongestWait ? left : LongestWait, clock, ct);
    }

    private async Task FireAsync(Function function, DateTime due, CancellationToken ct)
    {
        var started = Now;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = ct };
            var status = function.Timer!.UseMonitor ? runs.Status(function.Name, due) : null;
            context.Features.Set(new TimerInfo { ScheduleStatus = status });
            await binder.InvokeAsync(function, context);
        }
        catch (Exception error) when (error is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            Log.Failed(logger, function.Name, error);
        }

        runs.Ran(function.Name, started, Now);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The timer {Function} failed; its next run is as scheduled.")]
        public static partial void Failed(ILogger logger, string function, Exception error);

        [LoggerMessage(LogLevel.Warning, "The schedule of the timer {Function} has no further instant.")]
        public static partial void NeverDue(ILogger logger, string function);
    }
}
