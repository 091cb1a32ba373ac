namespace FriendCity.Http;

/// <summary>So much is asked at once that this would be answered too late; come again.</summary>
internal sealed class OverloadException(string message) : Exception(message);

/// <summary>
/// Work that keeps a processor busy for long. One processor is left to light requests where there are several; the rest of the work waits in
/// a queue, a few seconds at worst, and is refused beyond.
/// </summary>
internal sealed class HeavyWork : IDisposable
{
    public static readonly int AtOnce = Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>All figures of a hundred thousand projects are less than a second's work.</summary>
    public static readonly int MostWaiting = 8 * AtOnce;

    private readonly SemaphoreSlim _free = new(AtOnce);
    private int _waiting;

    /// <exception cref="OverloadException">Too many wait already.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        if (!_free.Wait(0, CancellationToken.None))
            await QueueAsync(cancellation);
        try
        {
            return await Task.Run(work, cancellation);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();

    private async Task QueueAsync(CancellationToken cancellation)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > MostWaiting)
                throw new OverloadException("Too many figures are being worked out.");
            await _free.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
