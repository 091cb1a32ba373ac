namespace FriendCity.Storage;

/// <summary>
/// Storage time: the local monotonic clock plus the offset learned from the Date header of storage's answers, so that
/// instances whose wall clocks disagree still order their entries alike. Each answer proves an interval for the offset
/// (the header has whole seconds and was written between request and answer); intervals are intersected as they come.
/// </summary>
internal sealed class StorageClock(TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _low = long.MinValue;
    private long _high = long.MaxValue;

    /// <summary>Null until storage has answered once.</summary>
    public DateTimeOffset? Now
    {
        get
        {
            lock (_gate)
                return _high == long.MaxValue ? null : new DateTimeOffset(Monotonic(time.GetTimestamp()) + Middle(_low, _high), TimeSpan.Zero);
        }
    }

    /// <param name="date">The answer's Date header.</param>
    /// <param name="sent"><see cref="TimeProvider.GetTimestamp"/> before the request.</param>
    /// <param name="received">The same after the answer's headers arrived.</param>
    public void Observe(DateTimeOffset date, long sent, long received)
    {
        var low = date.UtcTicks - Monotonic(received);
        var high = date.UtcTicks + TimeSpan.TicksPerSecond - Monotonic(sent);
        lock (_gate)
        {
            var (lower, upper) = (Math.Max(_low, low), Math.Min(_high, high));
            // An empty intersection means that a clock moved: believe the newest answer alone.
            (_low, _high) = lower <= upper ? (lower, upper) : (low, high);
        }
    }

    private static long Middle(long low, long high) => low + ((high - low) / 2);

    private long Monotonic(long timestamp) => (long)(timestamp * (TimeSpan.TicksPerSecond / (double)time.TimestampFrequency));
}
