using System.Text.Json;
using FriendCity.Hosting;
using FriendCity.Tests.Snapshots;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Hosting;

/// <summary>Timers whose status is in storage: restarts, missed runs, moved clocks, changed schedules.</summary>
public sealed class TimerStorageTests
{
    private const string Nightly = "0 0 2 * * *";
    private static readonly DateTime Start = new(2026, 11, 22, 1, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Two = Start.AddHours(1);

    private readonly FakeClock _clock = new(new DateTimeOffset(Start));
    private readonly JumpClock _wall;
    private readonly MemoryBlobs _blobs;
    private readonly TimerCalls _calls = new();

    public TimerStorageTests() => (_wall, _blobs) = (new JumpClock(_clock), new MemoryBlobs(_clock));

    private JsonElement Status => JsonSerializer.Deserialize<JsonElement>(_blobs.Bytes("timers/scheduled/status")!);

    [Fact]
    public async Task The_last_run_is_kept_in_storage_and_told_after_a_restart()
    {
        await using (await StartAsync())
        {
            await RunAtAsync(Two);
            Assert.Equal((DateTime.MinValue, Two), Told(await _calls.NextAsync()));
        }

        Assert.Equal(["last", "next", "lastUpdated"], Status.EnumerateObject().Select(part => part.Name));
        Assert.Equal((Two, Two.AddDays(1)), (Status.GetProperty("last").GetDateTime(), Status.GetProperty("next").GetDateTime()));
        _clock.Advance(TimeSpan.FromHours(8));
        await using var again = await StartAsync();
        await RunAtAsync(Two.AddDays(1));
        var timer = await _calls.NextAsync();
        Assert.Equal((Two, Two.AddDays(1)), Told(timer));
        Assert.False(timer.IsPastDue);
        Assert.Equal(0, _calls.Waiting);
    }

    [Theory]
    [InlineData(Nightly, 9, "2026-11-22T02:00:00Z")]
    [InlineData(Nightly, 24 + 24 + 24, "2026-11-24T02:00:00Z")]
    [InlineData("0 0 * * * *", 7, "2026-11-22T08:00:00Z")]
    [InlineData("* * * * * *", 24 * 400, "2027-12-27T01:00:00Z")]
    [InlineData("00:10:00", 5, "2026-11-22T06:00:00Z")]
    public async Task Down_over_any_number_of_instants_there_is_one_call_past_due_that_names_the_last(string schedule, int hours, string last)
    {
        await (await StartAsync(schedule)).DisposeAsync();
        _clock.Advance(TimeSpan.FromHours(hours));
        await using var again = await StartAsync(schedule);
        var timer = await _calls.NextAsync();
        Assert.True(timer.IsPastDue);
        Assert.Equal((DateTime.MinValue, DateTimeOffset.Parse(last, null).UtcDateTime), Told(timer));
        await RecordedAsync(timer.ScheduleStatus!.Next);
        Assert.True(Status.GetProperty("next").GetDateTime() > _clock.GetUtcNow().UtcDateTime);
        Assert.Equal(0, _calls.Waiting);

        await (await StartAsync(schedule)).DisposeAsync();
        Assert.Equal(0, _calls.Waiting);
    }

    [Fact]
    public async Task A_timer_that_never_ran_makes_up_for_what_it_missed_since_its_first_start_and_for_nothing_before()
    {
        _clock.Advance(TimeSpan.FromDays(100));
        await (await StartAsync()).DisposeAsync();
        Assert.Equal((0, JsonValueKind.Null), (_calls.Waiting, Status.GetProperty("last").ValueKind));
        _clock.Advance(TimeSpan.FromDays(1));
        await using var again = await StartAsync();
        Assert.True((await _calls.NextAsync()).IsPastDue);
    }

    [Fact]
    public async Task A_clock_put_forward_over_three_nights_makes_one_call_past_due()
    {
        await using var process = await StartAsync(clock: _wall);
        await WaitingAsync();
        _wall.Jump(TimeSpan.FromDays(3));
        Assert.Equal(0, _calls.Waiting);
        _clock.Advance(TimeSpan.FromMinutes(1));
        var timer = await _calls.NextAsync();
        Assert.Equal((true, Two.AddDays(2)), (timer.IsPastDue, timer.ScheduleStatus!.Next));
        await RecordedAsync(Two.AddDays(2));
        _clock.Advance(TimeSpan.FromMinutes(58));
        Assert.Equal(0, _calls.Waiting);
        await RunAtAsync(Two);
        Assert.False((await _calls.NextAsync()).IsPastDue);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_clock_put_back_repeats_no_run_even_after_a_restart(bool restart)
    {
        var process = await StartAsync(clock: _wall);
        await RunAtAsync(Two);
        await _calls.NextAsync();
        await RecordedAsync(Two);
        _wall.Jump(TimeSpan.FromHours(-1));
        if (restart)
        {
            await process.DisposeAsync();
            process = await StartAsync(clock: _wall);
            await TimerProcess.UntilAsync(() => process.Said("The timer Scheduled has run up to") == 1);
        }

        await WaitingAsync();
        _clock.Advance(TimeSpan.FromHours(24.5));
        Assert.Equal(0, _calls.Waiting);
        _clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal((Two, Two.AddDays(1)), Told(await _calls.NextAsync()));
        await process.DisposeAsync();
    }

    [Fact]
    public async Task A_clock_put_back_during_a_run_does_not_repeat_it()
    {
        _calls.Then = _ =>
        {
            _wall.Jump(TimeSpan.FromMinutes(-10));
            return Task.CompletedTask;
        };
        await using var process = await StartAsync(clock: _wall);
        await RunAtAsync(Two);
        await _calls.NextAsync();
        await RecordedAsync(Two);
        Assert.Equal(Two.AddDays(1), Status.GetProperty("next").GetDateTime());
        await WaitingAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, _calls.Waiting);
    }

    [Theory]
    [InlineData("0 0 3 * * *", 40, "2026-11-24T03:00:00Z")]
    [InlineData("0 30 1 * * *", 40, "2026-11-24T01:30:00Z")]
    [InlineData("0 0 20 * * *", 1, "2026-11-22T20:00:00Z")]
    [InlineData("00:05:00", 40, "2026-11-23T17:05:00Z")]
    public async Task A_schedule_that_a_setting_has_changed_makes_up_for_nothing(string changed, int hours, string next)
    {
        await (await StartAsync()).DisposeAsync();
        _clock.Advance(TimeSpan.FromHours(hours));
        await using var again = await StartAsync(changed);
        await TimerProcess.UntilAsync(() => Status.GetProperty("next").GetDateTimeOffset() == DateTimeOffset.Parse(next, null));
        Assert.Equal(0, _calls.Waiting);
        await RunAtAsync(DateTimeOffset.Parse(next, null).UtcDateTime);
        Assert.False((await _calls.NextAsync()).IsPastDue);
    }

    [Fact]
    public async Task A_run_broken_off_by_the_end_of_the_program_is_made_up_for()
    {
        _calls.Then = ct => Task.Delay(Timeout.Infinite, ct);
        await using (await StartAsync())
        {
            await RunAtAsync(Two);
            await _calls.NextAsync();
        }

        Assert.Equal(JsonValueKind.Null, Status.GetProperty("last").ValueKind);
        _calls.Then = _ => Task.CompletedTask;
        _clock.Advance(TimeSpan.FromMinutes(10));
        await using var again = await StartAsync();
        var timer = await _calls.NextAsync();
        Assert.Equal((true, Two), (timer.IsPastDue, timer.ScheduleStatus!.Next));
    }

    [Fact]
    public async Task Without_a_monitor_nothing_is_kept()
    {
        await using var process = await TimerProcess.StartAsync(_clock, _blobs, typeof(TimerFunctions.AtStart), calls: _calls);
        Assert.Null((await _calls.NextAsync()).ScheduleStatus);
        await WaitingAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        await _calls.NextAsync();
        Assert.Equal((0, 0), (_blobs.Calls, _blobs.Paths.Count));
    }

    [Fact]
    public async Task A_run_at_the_start_and_a_missed_one_are_one_call()
    {
        await (await StartedAsync()).DisposeAsync();
        Assert.Equal((DateTime.MinValue, Two), Told(await _calls.NextAsync()));
        _clock.Advance(TimeSpan.FromMinutes(1));
        await (await StartedAsync()).DisposeAsync();
        var second = await _calls.NextAsync();
        Assert.Equal((Start, Two), Told(second));
        Assert.False(second.IsPastDue);

        _clock.Advance(TimeSpan.FromDays(2));
        await (await StartedAsync()).DisposeAsync();
        var late = await _calls.NextAsync();
        Assert.Equal((Start.AddMinutes(1), Two.AddDays(1)), Told(late));
        Assert.True(late.IsPastDue);
        Assert.Equal(0, _calls.Waiting);

        async Task<TimerProcess> StartedAsync()
        {
            var before = _blobs.Bytes("timers/atstartandtwo/status");
            var process = await TimerProcess.StartAsync(_clock, _blobs, typeof(TimerFunctions.AtStartAndTwo), calls: _calls);
            await TimerProcess.UntilAsync(() => _calls.Waiting == 1 && Last() is not null && !before.AsSpan().SequenceEqual(_blobs.Bytes("timers/atstartandtwo/status")));
            return process;
        }

        string? Last() => JsonSerializer.Deserialize<JsonElement>(_blobs.Bytes("timers/atstartandtwo/status")!).GetProperty("last").GetString();
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"last\":null}")]
    [InlineData("{\"last\":null,\"next\":7,\"lastUpdated\":\"2026-11-22T01:00:00Z\"}")]
    [InlineData(null)]
    public async Task A_status_that_was_damaged_or_deleted_meanwhile_costs_no_run(string? damage)
    {
        await using var process = await StartAsync();
        await WaitingAsync();
        _blobs.Tamper("timers/scheduled/status", damage is null ? null : System.Text.Encoding.UTF8.GetBytes(damage));
        await RunAtAsync(Two);
        Assert.Equal(Two, (await _calls.NextAsync()).ScheduleStatus!.Next);
        await RecordedAsync(Two);
        Assert.Equal(damage is null ? 0 : 1, process.Said("What timers/scheduled/status holds is no timer's status"));
    }

    private static (DateTime Last, DateTime Next) Told(TimerInfo timer) => (timer.ScheduleStatus!.Last, timer.ScheduleStatus.Next);

    private async Task<TimerProcess> StartAsync(string schedule = Nightly, TimeProvider? clock = null)
    {
        var process = await TimerProcess.StartAsync(clock ?? _clock, _blobs, typeof(TimerFunctions.Scheduled), schedule, _calls);
        await TimerProcess.UntilAsync(() => _blobs.Bytes("timers/scheduled/status") is not null);
        return process;
    }

    private Task WaitingAsync() => _clock.UntilWaitingAsync();

    private async Task RunAtAsync(DateTime instant)
    {
        await WaitingAsync();
        TimerProcess.Set(_clock, instant);
    }

    private Task RecordedAsync(DateTime run) =>
        TimerProcess.UntilAsync(() => Status.GetProperty("last") is { ValueKind: JsonValueKind.String } last && last.GetDateTime() == run);
}
