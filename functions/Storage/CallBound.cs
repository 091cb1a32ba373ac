namespace FriendCity.Storage;

/// <summary>Ends a call that makes no progress for so long, or whose caller leaves.</summary>
internal sealed class CallBound : IDisposable, IProgress<long>
{
    private readonly TimeSpan _within;
    private readonly CancellationTokenSource _end;
    private readonly CancellationTokenRegistration _caller;

    /// <param name="first">Until the first sign of progress.</param>
    /// <param name="within">From one to the next.</param>
    public CallBound(TimeSpan first, TimeSpan within, TimeProvider time, CancellationToken caller)
    {
        _within = within;
        _end = new CancellationTokenSource(first, time);
        _caller = caller.UnsafeRegister(end => ((CancellationTokenSource)end!).Cancel(), _end);
    }

    public CancellationToken Token => _end.Token;

    /// <summary>Bytes went on their way: the wait for the next ones begins.</summary>
    public void Report(long value) => Begin();

    /// <summary>The wait begins, anew where it had begun.</summary>
    public void Begin() => _end.CancelAfter(_within);

    /// <summary>Nothing is waited for, until <see cref="Begin"/>.</summary>
    public void Rest() => _end.CancelAfter(Timeout.InfiniteTimeSpan);

    public void End() => _end.Cancel();

    public void Dispose()
    {
        _caller.Dispose();
        _end.Dispose();
    }
}
