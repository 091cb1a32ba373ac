using Azure;
using FriendCity.LocalHost.Rpc;

namespace FriendCity.LocalHost;

/// <summary>
/// Calls a timer's function whenever it is due, and once when the host starts too late for that, as the WebJobs extension does. Several
/// hosts may do so: whose turn it is, and whether anything is still due then, the blob says (<see cref="TimerBook"/>).
/// </summary>
internal sealed class TimerLoop(
    FunctionEntry function, TimerSchedule schedule, LocalHostOptions options, HostLog log,
    Func<string, string, CancellationToken, Task<StatusResult>> call)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly TimerBook _book = new(options, function.Name);
    private readonly TimerTrigger _timer = function.Timer!;

    /// <summary>Nobody has followed the schedule until now: the host has started, or who had the turn has left it undone.</summary>
    private bool _taking = true;
    private bool _starting = true;

    private DateTime Now => options.Clock.GetUtcNow().UtcDateTime;

    public async Task RunAsync(CancellationToken stop, CancellationToken abort)
    {
        var monitored = _timer.UseMonitor && !schedule.IsFrequent(Now);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await WaitAsync(await TurnAsync(monitored, stop, abort), stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is RequestFailedException or AggregateException or OperationCanceledException)
            {
                log.Error($"Timer {function.Name}: {error.Message}");
                await Task.WhenAny(Task.Delay(Timeout, stop));
            }
        }
    }

    /// <summary>Runs the function if it is due. Returns when it is due next, or null while another host has the turn.</summary>
    private async Task<DateTime?> TurnAsync(bool monitored, CancellationToken stop, CancellationToken abort)
    {
        await using var turn = await _book.TakeAsync(stop);
        if (turn is null)
        {
            _taking = true;
            return null;
        }

        var now = Now;
        var status = turn.Status ?? TimerStatus.First(schedule, now);
        if (_starting)
            status = monitored ? status.TakenUp(schedule, now) : TimerStatus.First(schedule, now);
        if (status != turn.Status)
            await turn.WriteAsync(status);

        var due = now >= status.Next;
        if (due || (_starting && _timer.RunOnStartup))
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(turn.Lost, abort);
            await CallAsync(TimerMessage.Of(monitored ? status : null, due && _taking && now > status.Next), cancel.Token);
            await turn.WriteAsync(status = TimerStatus.After(now, schedule));
        }

        _taking = _starting = false;
        return status.Next;
    }

    private async Task CallAsync(string message, CancellationToken cancellationToken)
    {
        try
        {
            var result = await call(function.Name, message, cancellationToken);
            if (result.Status != StatusResult.Types.Status.Success)
                log.Error($"Timer {function.Name}: {result.Status} {result.Exception?.Message}");
        }
        catch (Exception error) when (error is WorkerException or OperationCanceledException)
        {
            // As in Azure, a run that failed was a run: the next is the one after.
            log.Error($"Timer {function.Name}: {error.Message}");
        }
    }

    private async Task WaitAsync(DateTime? due, CancellationToken stop)
    {
        if (due is null)
            await Task.Delay(Again, stop);
        else
            for (TimeSpan left; (left = due.Value - Now) > TimeSpan.Zero;)
                await Task.Delay(left < Longest ? left : Longest, options.Clock, stop);
    }
}
