using FriendCity.LocalHost.Rpc;

namespace FriendCity.LocalHost;

/// <summary>The timers of an app, each on a loop of its own.</summary>
internal sealed class TimerSet(LocalHostOptions options, HostLog log, Func<string, string, CancellationToken, Task<StatusResult>> call) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Lock _gate = new();
    private List<Task>? _loops;

    /// <summary>Once: a worker that is started again has the same timers.</summary>
    public void Start(IEnumerable<FunctionEntry> functions)
    {
        lock (_gate)
        {
            if (_loops is not null || _stop.IsCancellationRequested)
                return;
            var timers = functions.Where(function => function.Timer is not null).ToList();
            if (options.Storage is null)
            {
                _loops = [];
                if (timers.Count > 0)
                    log.Info("Timers do not run by themselves: there is no storage (AzureWebJobsStorage) to keep their status.");
                return;
            }

            // All schedules are read before any timer runs.
            var loops = timers.ConvertAll(function =>
                new TimerLoop(function, TimerSchedule.Parse(function.Timer!.Schedule, options), options, log, call));
            _loops = [.. loops.Select(loop => Task.Run(() => loop.RunAsync(_stop.Token, _abort.Token)))];
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        _abort.Dispose();
    }

    /// <summary>Lets a call that has begun come to its end, for as long as a host that stops waits.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        Task loops;
        lock (_gate)
            loops = Task.WhenAll(_loops ?? []);
        if (await Task.WhenAny(loops, Task.Delay(options.Grace)) != loops)
            await _abort.CancelAsync();
        await loops;
    }
}
