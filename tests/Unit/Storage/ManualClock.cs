namespace FriendCity.Tests.Unit.Storage;

/// <summary>A clock that only moves when told. Its monotonic part starts anywhere, like a machine's.</summary>
internal sealed class ManualClock : TimeProvider
{
    private long _timestamp = 987_654_321;

    public DateTimeOffset Wall { get; set; } = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => 1_000_000_000;

    public override DateTimeOffset GetUtcNow() => Wall;

    public override long GetTimestamp() => _timestamp;

    public void Pass(TimeSpan time)
    {
        _timestamp += time.Ticks * 100;
        Wall += time;
    }
}
