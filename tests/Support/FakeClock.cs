namespace FriendCity.Tests.Support;

/// <summary>A clock that moves only when told, and that says when somebody is waiting for it.</summary>
internal sealed class FakeClock(DateTimeOffset start) : TimeProvider
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private readonly List<FakeTimer> _pending = [];
    private readonly List<TimeSpan> _waits = [];
    private DateTimeOffset _now = start;
    private TaskCompletionSource _changed = NewSignal();

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Every wait anybody asked for, in order.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_gate)
                return [.. _waits];
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves on and calls what falls due on the way, each at its own instant.</summary>
    public void Advance(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        while (TakeDue(target) is { } timer)
            timer.Fire();
        lock (_gate)
            _now = target;
    }

    /// <summary>Returns when at least so many timers wait for this clock.</summary>
    public async Task UntilWaitingAsync(int timers = 1)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_pending.Count >= timers)
                    return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(Timeout);
        }
    }

    private FakeTimer? TakeDue(DateTimeOffset target)
    {
        lock (_gate)
        {
            var timer = _pending.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
            if (timer is null)
                return null;
            _now = timer.Due > _now ? timer.Due : _now;
            _pending.Remove(timer);
            if (timer.Period > TimeSpan.Zero)
                Add(timer, timer.Period);
            return timer;
        }
    }

    private bool Set(FakeTimer timer, TimeSpan wait)
    {
        lock (_gate)
        {
            _pending.Remove(timer);
            if (wait != global::System.Threading.Timeout.InfiniteTimeSpan)
            {
                _waits.Add(wait);
                Add(timer, wait);
            }

            return true;
        }
    }

    private void Add(FakeTimer timer, TimeSpan wait)
    {
        timer.Due = _now + wait;
        _pending.Add(timer);
        _changed.SetResult();
        _changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Period = period;
            return clock.Set(this, dueTime);
        }

        public void Dispose() => clock.Set(this, global::System.Threading.Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
