using FriendCity.Records.Persistence;
using FriendCity.Storage;

namespace FriendCity.Records.Replication;

/// <param name="PollsPerSecond">How many polls storage is asked for on average; fewer are spent at need: a poll begins at once.</param>
/// <param name="Averaged">Over so long: what was not used in that time may be used in a burst.</param>
/// <param name="MaxSleep">After a longer pause entries may have been purged: the replica loads anew.</param>
internal sealed record ReplicaOptions(int PollsPerSecond, TimeSpan Averaged, TimeSpan MaxSleep)
{
    public static ReplicaOptions Default { get; } = new(200, TimeSpan.FromMinutes(10), TimeSpan.FromHours(12));
}

/// <summary>
/// This instance's copy of all records, never stale: a read waits for a poll of the change feed that began after the read arrived.
/// A poll reads the entries from 30 s before the last successful poll began, and fetches every record whose named version the
/// replica does not hold yet, whatever the entry's age. One poll at a time asks the feed and one at a time fetches, so the next one asks
/// while the last one fetches; readers who come before it may ask share it.
/// </summary>
internal sealed class Replica(ReplicaLoader loader, ChangeFeed feed, TimeProvider time, ReplicaOptions options)
{
    private readonly Lock _gate = new();
    private Task _asking = Task.CompletedTask;
    private Task _fetching = Task.CompletedTask;
    private TaskCompletionSource<RegistrySnapshot>? _waiting;
    private RegistrySnapshot? _registry;
    private IReadOnlyDictionary<string, ChangeRow> _window = new Dictionary<string, ChangeRow>();
    private TimeSpan _spent;

    /// <summary>The newest view at hand, however old; null until the records are loaded.</summary>
    public RegistrySnapshot? Held => Volatile.Read(ref _registry);

    /// <summary>How long ago that view was known to be complete.</summary>
    public TimeSpan AgeOf(RegistrySnapshot registry) => feed.Now - registry.AsOf;

    /// <summary>
    /// A view at least as new as every write acknowledged, on any instance, before this call.
    /// Throws <see cref="StorageException"/> when storage cannot be asked, and <see cref="TimeoutException"/> when a caller waited for too long.
    /// </summary>
    public Task<RegistrySnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        Task<RegistrySnapshot> poll;
        lock (_gate)
        {
            if (_waiting is null)
            {
                // Readers go on side by side, not one after the other on the thread of the poll.
                _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
                _ = RunAsync(_waiting, _asking, _fetching);
            }

            poll = _waiting.Task;
        }

        return StorageTimeout.WaitAsync(poll, cancellationToken);
    }

    /// <param name="askedBefore">The poll before this one fetches by now, or is over.</param>
    /// <param name="before">That poll is over.</param>
    private async Task RunAsync(TaskCompletionSource<RegistrySnapshot> poll, Task askedBefore, Task before)
    {
        StorageTimeout.End();
        await Task.Yield();
        // The first load has no question to the feed.
        await EndedAsync(Held is null ? before : askedBefore);
        if (Spend() is var pause && pause > TimeSpan.Zero)
            await Task.Delay(pause, time);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
            // From here on the poll has begun: a later read must wait for the next one.
            (_asking, _fetching, _waiting) = (asked.Task, poll.Task, null);

        try
        {
            poll.SetResult(await PollAsync(asked, before));
        }
        catch (Exception fault)
        {
            poll.SetException(fault);
        }
        finally
        {
            asked.TrySetResult();
        }
    }

    private static async Task EndedAsync(Task poll) => await poll.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>How long the poll must wait for its part of the budget.</summary>
    private TimeSpan Spend()
    {
        var now = time.GetElapsedTime(0);
        var begins = _spent > now - options.Averaged ? _spent : now - options.Averaged;
        _spent = begins + (TimeSpan.FromSeconds(1) / options.PollsPerSecond);
        return begins - now;
    }

    private async Task<RegistrySnapshot> PollAsync(TaskCompletionSource asked, Task before)
    {
        IReadOnlyList<ChangeRow> reloads = [];
        if (Held is { } known)
        {
            var asOf = feed.Now;
            var window = _window = await feed.SinceAsync(known.AsOf - ChangeFeed.Horizon, _window, CancellationToken.None);
            await EndedAsync(before);
            asked.SetResult();
            // With what the poll before has fetched, if it did: the window begins before that in any case.
            var held = Held!;
            // Asked after the answer: a machine that was suspended learns only from it how long it slept.
            reloads = [.. window.Values.Where(row => row is { IsReload: true, Settled: false })];
            if (reloads.Count == 0 && feed.Now - held.AsOf <= options.MaxSleep)
            {
                var changes = await loader.FetchAsync(window.Values, held, CancellationToken.None);
                // The poll before may have loaded all, and begun to later than this one.
                return Hold(held.With(changes, asOf > held.AsOf ? asOf : held.AsOf));
            }
        }

        var loaded = await loader.LoadAsync(CancellationToken.None);
        foreach (var reload in reloads)
            reload.Settled = true;
        return Hold(loaded);
    }

    private RegistrySnapshot Hold(RegistrySnapshot registry)
    {
        Volatile.Write(ref _registry, registry);
        return registry;
    }
}
