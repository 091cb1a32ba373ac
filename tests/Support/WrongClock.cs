namespace FriendCity.Tests.Support;

/// <summary>The clock of a machine that believes it to be another hour than it is; time passes for it as for everybody.</summary>
internal sealed class WrongClock(TimeProvider right) : TimeProvider
{
    public TimeSpan Off { get; set; }

    public override TimeZoneInfo LocalTimeZone => right.LocalTimeZone;

    public override long TimestampFrequency => right.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => right.GetUtcNow() + Off;

    public override long GetTimestamp() => right.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        right.CreateTimer(callback, state, dueTime, period);
}
