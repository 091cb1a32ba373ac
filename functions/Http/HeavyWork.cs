namespace FriendCity.Http;

/// <summary>So much is asked at once that this would be answered too late; come again.</summary>
internal sealed class OverloadException(string message) : Exception(message);

/// <summary>
/// Work that keeps a processor busy for long. As much of it at once as there are processors, so that light requests are answered between;
/// the rest waits in a queue as long as callers have patience for, and is refused beyond.
/// </summary>
internal sealed class HeavyWork : IDisposable
{
    /// <summary>A second's work each, at worst, of a hundred thousand projects.</summary>
    private const int WaitingPerProcessor = 8;

    private readonly SemaphoreSlim _free = new(Environment.ProcessorCount);
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
            if (Interlocked.Increment(ref _waiting) > WaitingPerProcessor * Environment.ProcessorCount)
                throw new OverloadException("Too many figures are being worked out.");
            await _free.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
