using FriendCity.Storage;

namespace FriendCity.Records;

/// <param name="MinInterval">A poll begins at most this often; a thousand concurrent reads share one.</param>
/// <param name="MaxSleep">After a longer pause pointers may have been purged: the replica loads anew.</param>
/// <param name="Crowd">When so many reads wait, the next poll does not: it costs each of them next to nothing.</param>
internal sealed record ReplicaOptions(TimeSpan MinInterval, TimeSpan MaxSleep, int Crowd = 64)
{
    public static ReplicaOptions Default { get; } = new(TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(12));
}

/// <summary>
/// This instance's copy of all records, never stale: a read waits for a poll of the change feed that began after the read arrived.
/// A poll reads the pointers from 30 s before the last successful poll began, and fetches every record whose named version the
/// replica does not hold yet, whatever the pointer's age. At most one poll runs and one waits.
/// </summary>
internal sealed class Replica(ReplicaLoader loader, ChangeFeed feed, TimeProvider time, ReplicaOptions options)
{
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private TaskCompletionSource<View>? _waiting;
    private View? _view;
    private IReadOnlyDictionary<string, PointerRow> _window = new Dictionary<string, PointerRow>();
    private TaskCompletionSource _crowd = new();
    private int _readers;
    private int _isReload;
    private long _begun;

    /// <summary>The newest view at hand, however old; null until the records are loaded.</summary>
    public View? Held => Volatile.Read(ref _view);

    /// <summary>How long ago that view was known to be complete.</summary>
    public TimeSpan AgeOf(View view) => feed.Now - view.AsOf;

    /// <summary>
    /// A view at least as new as every write acknowledged, on any instance, before this call.
    /// Throws <see cref="StorageException"/> when storage cannot be asked.
    /// </summary>
    public Task<View> ReadAsync(CancellationToken cancellation)
    {
        Task<View> poll;
        lock (_gate)
        {
            if (_waiting is null)
            {
                // Readers go on side by side, not one after the other on the thread of the poll.
                (_waiting, _crowd, _readers) = (new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously), 0);
                _ = RunAsync(_waiting, _running, _crowd.Task);
            }

            if (++_readers == options.Crowd)
                _crowd.SetResult();
            poll = _waiting.Task;
        }

        return poll.WaitAsync(cancellation);
    }

    /// <summary>Has the next read load all records: a hand changed tables, which no pointer tells of.</summary>
    public void Reload() => Volatile.Write(ref _isReload, 1);

    private async Task RunAsync(TaskCompletionSource<View> poll, Task before, Task crowd)
    {
        await Task.Yield();
        await before.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        var pause = options.MinInterval - time.GetElapsedTime(Volatile.Read(ref _begun));
        if (pause > TimeSpan.Zero)
            await Task.WhenAny(Task.Delay(pause, time), crowd);
        lock (_gate)
        {
            // From here on the poll has begun: a later read must wait for the next one.
            (_running, _waiting) = (poll.Task, null);
            _begun = time.GetTimestamp();
        }

        try
        {
            poll.SetResult(await PollAsync());
        }
        catch (Exception fault)
        {
            poll.SetException(fault);
        }
    }

    private async Task<View> PollAsync()
    {
        if (Interlocked.Exchange(ref _isReload, 0) == 0 && _view is { } held)
        {
            var asOf = feed.Now;
            _window = await feed.SinceAsync(held.AsOf - ChangeFeed.Horizon, _window, CancellationToken.None);
            // Asked after the answer: a machine that was suspended learns only from it how long it slept.
            if (feed.Now - held.AsOf <= options.MaxSleep)
            {
                var changes = await loader.FetchAsync(_window.Values, held, CancellationToken.None);
                return Hold(held.With(changes, asOf));
            }
        }

        return Hold(await loader.LoadAsync(CancellationToken.None));
    }

    private View Hold(View view)
    {
        Volatile.Write(ref _view, view);
        return view;
    }
}
