using FriendCity.Storage;

namespace FriendCity.Tests.Unit.Storage;

public sealed class StorageClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 25, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualClock _time = new();
    private readonly StorageClock _clock;

    public StorageClockTests() => _clock = new StorageClock(_time);

    [Fact]
    public void There_is_no_storage_time_before_the_first_answer() => Assert.Null(_clock.Now);

    [Fact]
    public void One_answer_at_once_places_the_time_in_the_middle_of_its_second()
    {
        Answer(Noon, TimeSpan.Zero);
        Assert.Equal(Noon.AddMilliseconds(500), _clock.Now);
    }

    [Fact]
    public void A_slow_answer_says_less_than_a_quick_one()
    {
        // Sent at x, answered 4 s later: the Date was written somewhere in between.
        Answer(Noon, TimeSpan.FromSeconds(4));
        Assert.Equal(Noon.AddSeconds(2.5), _clock.Now);
        // A quick answer within what was known narrows it.
        Answer(Noon.AddSeconds(1), TimeSpan.Zero);
        Assert.Equal(Noon.AddSeconds(1.5), _clock.Now);
        // Another slow one cannot widen it again.
        Answer(Noon.AddSeconds(1), TimeSpan.FromSeconds(20));
        Assert.Equal(Noon.AddSeconds(21.5), _clock.Now);
    }

    [Fact]
    public void Answers_at_different_parts_of_a_second_narrow_the_time_together()
    {
        var truth = Noon.AddSeconds(0.7);
        for (var i = 0; i < 20; i++)
        {
            Answer(Floor(truth), TimeSpan.Zero);
            _time.Pass(TimeSpan.FromSeconds(1.05));
            truth = truth.AddSeconds(1.05);
        }

        Assert.InRange((_clock.Now!.Value - truth).Duration(), TimeSpan.Zero, TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public void Time_goes_on_with_the_monotonic_clock_and_not_with_the_wall_clock()
    {
        Answer(Noon, TimeSpan.Zero);
        _time.Wall = new DateTimeOffset(1999, 1, 1, 0, 0, 0, TimeSpan.Zero);
        _time.Pass(TimeSpan.FromHours(3));
        Assert.Equal(Noon.AddHours(3).AddMilliseconds(500), _clock.Now);
    }

    [Fact]
    public void An_answer_that_contradicts_the_others_is_believed_alone()
    {
        Answer(Noon, TimeSpan.Zero);
        Answer(Noon.AddMinutes(10), TimeSpan.Zero);
        Assert.Equal(Noon.AddMinutes(10).AddMilliseconds(500), _clock.Now);
        Answer(Noon, TimeSpan.Zero);
        Assert.Equal(Noon.AddMilliseconds(500), _clock.Now);
    }

    [Fact]
    public void With_any_delays_the_time_is_never_further_off_than_half_of_what_the_best_answer_left_open()
    {
        var random = new Random(20240325);
        for (var round = 0; round < 200; round++)
        {
            var clock = new StorageClock(_time);
            var truth = Noon.AddMilliseconds(random.Next(100_000));
            var best = TimeSpan.MaxValue;
            for (var i = 0; i < 10; i++)
            {
                var (there, back, pause) = (Milliseconds(), Milliseconds(), Milliseconds());
                var sent = _time.GetTimestamp();
                _time.Pass(there + back);
                clock.Observe(Floor(truth + there), sent, _time.GetTimestamp());
                truth += there + back;
                best = TimeSpan.FromTicks(Math.Min(best.Ticks, (there + back + TimeSpan.FromSeconds(1)).Ticks));
                // A tick for each rounding.
                Assert.InRange((clock.Now!.Value - truth).Duration(), TimeSpan.Zero, (best / 2) + TimeSpan.FromTicks(2));
                _time.Pass(pause);
                truth += pause;
            }
        }

        TimeSpan Milliseconds() => TimeSpan.FromMilliseconds(random.Next(3000));
    }

    private static DateTimeOffset Floor(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    private void Answer(DateTimeOffset date, TimeSpan delay)
    {
        var sent = _time.GetTimestamp();
        _time.Pass(delay);
        _clock.Observe(date, sent, _time.GetTimestamp());
    }
}
