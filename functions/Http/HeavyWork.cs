namespace FriendCity.Http;

/// <summary>So much is asked at once that this would be answered too late; come again.</summary>
internal sealed class OverloadException(string message) : Exception(message);

/// <summary>
/// Work that keeps a processor busy for long. One processor is left to light requests where there are several; the rest of the work waits in
/// a queue, a few seconds at worst, and is refused beyond.
/// </summary>
internal sealed class HeavyWork : IDisposable
{
    public static readonly int Concurrency = Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>All figures of a hundred thousand projects are less than a second's work.</summary>
    public static readonly int MaxWaiting = 8 * Concurrency;

    private readonly SemaphoreSlim _free = new(Concurrency);
    private int _waiting;

    /// <exception cref="OverloadException">Too many wait already.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (!_free.Wait(0, CancellationToken.None))
            await QueueAsync(cancellationToken);
        try
        {
            return await Task.Run(work, cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose() => _free.Dispose();

    private async Task QueueAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _waiting) > MaxWaiting)
                throw new OverloadException("Too many figures are being worked out.");
            await _free.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
