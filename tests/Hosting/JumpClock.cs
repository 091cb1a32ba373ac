namespace FriendCity.Tests.Hosting;

/// <summary>A wall clock that somebody sets forward or back; what waits for time to pass does not notice.</summary>
internal sealed class JumpClock(TimeProvider steady) : TimeProvider
{
    private TimeSpan _shift;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => steady.TimestampFrequency;

    public void Jump(TimeSpan by) => _shift += by;

    public override DateTimeOffset GetUtcNow() => steady.GetUtcNow() + _shift;

    public override long GetTimestamp() => steady.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        steady.CreateTimer(callback, state, dueTime, period);
}
