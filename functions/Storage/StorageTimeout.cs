namespace FriendCity.Storage;

/// <summary>
/// How long somebody who waits for an answer is kept waiting by a storage that is silent. It goes with a request into all that is done for
/// it, so that several calls of one request do not each wait as long; every answer of storage begins it anew.
/// </summary>
internal sealed class StorageTimeout
{
    private static readonly AsyncLocal<StorageTimeout?> Ambient = new();

    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private long? _silentSince;

    private StorageTimeout(TimeSpan most, TimeProvider time) => (Most, _time) = (most, time);

    /// <summary>How long storage may be silent.</summary>
    public TimeSpan Most { get; }

    /// <summary>Null for work that nobody waits for: it has the bounds of <see cref="StorageOptions"/> alone.</summary>
    public static StorageTimeout? Current => Ambient.Value;

    /// <summary>From here on, and in all that is called from here, storage may be silent for so long.</summary>
    public static void Begin(TimeSpan most, TimeProvider time) => Ambient.Value = new StorageTimeout(most, time);

    /// <summary>For work that is shared by requests or outlives the one that began it: that request's timeout does not apply to it.</summary>
    public static void End() => Ambient.Value = null;

    /// <summary>Waits for work that asks storage on behalf of several callers.</summary>
    /// <exception cref="TimeoutException">Storage was silent for too long.</exception>
    public static async Task<T> WaitAsync<T>(Task<T> work, CancellationToken cancellationToken)
    {
        if (Current is not { } patience || work.IsCompleted)
            return await work.WaitAsync(cancellationToken);
        var value = await work.WaitAsync(patience.Left(), patience._time, cancellationToken);
        patience.Heard();
        return value;
    }

    /// <summary>What is left of it; silence begins here when it has not begun.</summary>
    public TimeSpan Left()
    {
        lock (_gate)
        {
            var left = Most - _time.GetElapsedTime(_silentSince ??= _time.GetTimestamp());
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public void Heard()
    {
        lock (_gate)
            _silentSince = null;
    }
}
