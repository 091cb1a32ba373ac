using FriendCity.Hosting;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Hosting;

public sealed class TimerServiceTests : IAsyncDisposable
{
    private static readonly DateTime Start = new(2026, 11, 22, 1, 0, 0, DateTimeKind.Utc);

    private readonly FakeClock _clock = new(new DateTimeOffset(Start));
    private readonly TimerCalls _calls = new();
    private TimerProcess? _process;

    [Fact]
    public async Task A_timer_runs_at_its_instants_and_is_told_about_the_run_before()
    {
        await StartAsync(typeof(TimerFunctions.AtTwo));
        await _clock.UntilWaitingAsync();
        _clock.Advance(new TimeSpan(0, 59, 59));
        Assert.Equal(0, _calls.Waiting);

        _clock.Advance(TimeSpan.FromSeconds(1));
        var first = (await _calls.NextAsync()).ScheduleStatus!;
        Assert.Equal((DateTime.MinValue, Start.AddHours(1)), (first.Last, first.Next));

        await _clock.UntilWaitingAsync();
        _clock.Advance(TimeSpan.FromDays(1));
        var second = await _calls.NextAsync();
        Assert.Equal((Start.AddHours(1), Start.AddHours(25)), (second.ScheduleStatus!.Last, second.ScheduleStatus.Next));
        Assert.False(second.IsPastDue);
    }

    [Fact]
    public async Task A_timer_never_overlaps_itself_and_skips_what_it_missed()
    {
        var running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _calls.Then = _ => running.Task;
        await StartAsync(typeof(TimerFunctions.AtTwo));
        await _clock.UntilWaitingAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        await _calls.NextAsync();

        _clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal(0, _calls.Waiting);

        running.SetResult();
        await _clock.UntilWaitingAsync();
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(Start.AddHours(1).AddDays(4), (await _calls.NextAsync()).ScheduleStatus!.Next);
        Assert.Equal(0, _calls.Waiting);
    }

    [Fact]
    public async Task A_failing_run_is_logged_and_the_next_one_comes()
    {
        _calls.Then = _ => throw new InvalidOperationException("Broken on purpose.");
        await StartAsync(typeof(TimerFunctions.AtTwo));
        for (var day = 0; day < 3; day++)
        {
            await _clock.UntilWaitingAsync();
            _clock.Advance(TimeSpan.FromDays(1));
            await _calls.NextAsync();
        }

        await _clock.UntilWaitingAsync();
        Assert.Equal(3, _process!.Logs.Lines.Count(line => line.Message.StartsWith("The timer AtTwo failed", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_distant_instant_is_waited_for_in_minutes()
    {
        await StartAsync(typeof(AtNewYear));
        for (var day = 0; day < 40; day++)
        {
            Assert.Equal(0, _calls.Waiting);
            await _clock.UntilWaitingAsync();
            _clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal(new DateTime(2027, 1, 1, 0, 0, 0, DateTimeKind.Utc), (await _calls.NextAsync()).ScheduleStatus!.Next);
        Assert.All(_clock.Waits, wait => Assert.InRange(wait, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_schedule_that_never_matches_ends_its_timer_quietly()
    {
        var service = await StartAsync(typeof(Never));
        await service.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Contains(_process!.Logs.Lines, line => line.Message == "The schedule of the timer Never has no further instant.");
    }

    [Fact]
    public async Task A_timer_may_run_at_the_start_and_go_without_a_monitor()
    {
        await StartAsync(typeof(TimerFunctions.AtStart));
        Assert.Null((await _calls.NextAsync()).ScheduleStatus);
        await _clock.UntilWaitingAsync();
    }

    [Fact]
    public async Task A_schedule_comes_from_its_setting()
    {
        await StartAsync([typeof(TimerFunctions.FromSettings)], ("One", "0 30 1 * * *"), ("Two", "00:45:00"));
        await _clock.UntilWaitingAsync(2);
        _clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(Start.AddMinutes(30), (await _calls.NextAsync()).ScheduleStatus!.Next);
        _clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(Start.AddMinutes(45), (await _calls.NextAsync()).ScheduleStatus!.Next);
    }

    [Fact]
    public async Task Settings_that_are_missing_or_no_schedules_stop_the_start_and_are_all_named()
    {
        var refused = await Assert.ThrowsAsync<StartUpException>(() => StartAsync([typeof(TimerFunctions.FromSettings)], ("Two", "daily")));
        Assert.Equal(
            "The timer First needs the setting 'One'.\nThe timer Second needs a schedule in the setting 'Two', not 'daily'.", refused.Message);
    }

    [Fact]
    public async Task A_running_timer_is_told_to_stop()
    {
        _calls.Then = ct => Task.Delay(Timeout.Infinite, ct);
        var service = await StartAsync(typeof(TimerFunctions.AtStart));
        await _calls.NextAsync();
        await service.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(service.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Each_run_has_a_scope_of_its_own_that_ends_with_it()
    {
        await StartAsync(typeof(TimerFunctions.Scoped));
        await _calls.NextAsync();
        await _clock.UntilWaitingAsync();
        Assert.Equal(1, _calls.Requests);
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;

    private Task<TimerService> StartAsync(Type functions) => StartAsync([functions]);

    private async Task<TimerService> StartAsync(Type[] functions, params (string Name, string Value)[] settings)
    {
        _process = await TimerProcess.StartAsync(_clock, blobs: null, functions, _calls, settings);
        return _process.Service;
    }

    public sealed class AtNewYear(TimerCalls calls)
    {
        [Function("AtNewYear")] public Task RunAsync([TimerTrigger("0 0 0 1 1 *")] TimerInfo timer, CancellationToken ct) => calls.RunAsync(timer, ct);
    }

    public sealed class Never(TimerCalls calls)
    {
        [Function("Never")] public Task RunAsync([TimerTrigger("0 0 0 31 2 *")] TimerInfo timer, CancellationToken ct) => calls.RunAsync(timer, ct);
    }
}
