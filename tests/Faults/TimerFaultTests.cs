using System.Text.Json;
using FriendCity.Tests.Hosting;
using FriendCity.Tests.Snapshots;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Faults;

/// <summary>Timers whose storage fails, or whose process freezes or dies in the middle of a run.</summary>
public sealed class TimerFaultTests
{
    private static readonly DateTime Start = new(2026, 11, 22, 1, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Two = Start.AddHours(1);

    private readonly FakeClock _storageClock = new(new DateTimeOffset(Start));
    private readonly FakeClock _clock = new(new DateTimeOffset(Start));
    private readonly FakeClock _otherClock = new(new DateTimeOffset(Start));
    private readonly MemoryBlobs _blobs;

    public TimerFaultTests() => _blobs = new MemoryBlobs(_storageClock);

    private DateTime? Last => _blobs.Bytes("timers/attwo/status") is { } bytes
        && JsonSerializer.Deserialize<JsonElement>(bytes).GetProperty("last") is { ValueKind: JsonValueKind.String } last ? last.GetDateTime() : null;

    [Fact]
    public async Task Storage_that_is_down_at_the_start_delays_the_timer_and_does_not_end_it()
    {
        _blobs.Harm = (1, BlobFault.Die);
        await using var process = await StartAsync(_clock);
        await AdvanceAsync(TimeSpan.FromMinutes(5), () => process.Said("The status of the timer AtTwo could not be read or recorded") >= 10);
        Assert.Equal(0, process.Calls.Waiting);
        Assert.False(process.Service.ExecuteTask!.IsCompleted);

        _blobs.Heal();
        await AdvanceAsync(TimeSpan.FromSeconds(15), () => _blobs.Paths.Count == 1);
        await AdvanceAsync(TimeSpan.FromHours(1), () => Last == Two);
        Assert.False((await process.Calls.NextAsync()).IsPastDue);
    }

    [Fact]
    public async Task Storage_that_is_down_at_the_instant_is_waited_for_and_one_late_call_follows()
    {
        await using var process = await StartAsync(_clock);
        await AdvanceAsync(TimeSpan.FromMinutes(59), () => _blobs.Paths.Count == 1);
        _blobs.Harm = (1, BlobFault.Die);
        await AdvanceAsync(TimeSpan.FromDays(2), () => process.Said("The status of the timer AtTwo could not be read or recorded") > 0);
        Assert.Equal(0, process.Calls.Waiting);

        _blobs.Heal();
        await AdvanceAsync(TimeSpan.FromSeconds(15), () => Last == Two.AddDays(1));
        var timer = await process.Calls.NextAsync();
        Assert.Equal((true, Two.AddDays(1)), (timer.IsPastDue, timer.ScheduleStatus!.Next));
        Assert.Equal(0, process.Calls.Waiting);
    }

    // The nth call to storage fails, or does its work and its answer is lost: n from 1 until a round meets no fault.
    [Theory, InlineData(nameof(BlobFault.Refuse)), InlineData(nameof(BlobFault.LoseAnswer))]
    public async Task Whichever_call_to_storage_fails_each_instant_is_run_for_once(string fault)
    {
        await using var process = await StartAsync(_clock);
        await AdvanceAsync(TimeSpan.Zero, () => _blobs.Paths.Count == 1);
        var met = true;
        var round = 0;
        for (; met; round++)
        {
            _blobs.Heal();
            _blobs.Harm = (round + 1, Enum.Parse<BlobFault>(fault));
            var due = Two.AddDays(round);
            TimerProcess.Set(_storageClock, due);
            TimerProcess.Set(_clock, due);
            await StepAsync(() => Last == due && process.Calls.Waiting > 0);
            Assert.Equal(due, (await process.Calls.NextAsync()).ScheduleStatus!.Next);
            await StepAsync(() => _clock.GetUtcNow().UtcDateTime > due.AddMinutes(2));
            Assert.Equal(0, process.Calls.Waiting);
            met = _blobs.Calls > round;
        }

        Assert.InRange(round, 6, 20);
        Assert.Equal(0, process.Said("Skipped"));

        async Task StepAsync(Func<bool> holds)
        {
            for (var step = 0; step < 40 && !holds(); step++)
            {
                await _clock.UntilWaitingAsync();
                _storageClock.Advance(TimeSpan.FromSeconds(15));
                _clock.Advance(TimeSpan.FromSeconds(15));
            }

            await TimerProcess.UntilAsync(holds);
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_process_frozen_past_its_lease_cannot_record_its_run_and_is_run_for_by_another(bool finishesAllTheSame)
    {
        var thaw = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = new TimerCalls { Then = ct => finishesAllTheSame ? thaw.Task : Task.Delay(Timeout.Infinite, ct) };
        await using var frozen = await StartAsync(_clock, calls);
        await AdvanceAsync(TimeSpan.Zero, () => _blobs.Paths.Count == 1);
        await using var other = await StartAsync(_otherClock);
        await _otherClock.UntilWaitingAsync();
        TimerProcess.Set(_storageClock, Two);
        TimerProcess.Set(_clock, Two);
        await calls.NextAsync();

        // While the lease holds, the other leaves the run alone.
        TimerProcess.Set(_otherClock, Two.AddSeconds(50));
        Assert.Equal(0, other.Calls.Waiting);

        // The frozen one's clock stands still, so it renews nothing.
        TimerProcess.Set(_storageClock, Two.AddSeconds(61));
        TimerProcess.Set(_otherClock, Two.AddSeconds(70));
        var taken = await other.Calls.NextAsync();
        Assert.Equal((true, Two), (taken.IsPastDue, taken.ScheduleStatus!.Next));
        await TimerProcess.UntilAsync(() => Last == Two);
        var recorded = _blobs.Bytes("timers/attwo/status");

        TimerProcess.Set(_clock, Two.AddSeconds(70));
        thaw.SetResult();
        await TimerProcess.UntilAsync(() => frozen.Said(finishesAllTheSame ? "The status of the timer AtTwo could not be" : "The timer AtTwo was broken off") == 1);
        await AdvanceAsync(TimeSpan.FromSeconds(30), () => frozen.Said("Skipped") == (finishesAllTheSame ? 0 : 1));
        Assert.Equal(recorded, _blobs.Bytes("timers/attwo/status"));
        Assert.Equal((0, 0), (calls.Waiting, other.Calls.Waiting));
    }

    [Fact]
    public async Task A_long_run_keeps_its_lease_and_the_others_wait_for_it()
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = new TimerCalls { Then = _ => end.Task };
        await using var one = await StartAsync(_clock, calls);
        await AdvanceAsync(TimeSpan.Zero, () => _blobs.Paths.Count == 1);
        await using var other = await StartAsync(_otherClock);
        await _otherClock.UntilWaitingAsync();
        TimerProcess.Set(_storageClock, Two);
        TimerProcess.Set(_clock, Two);
        await calls.NextAsync();
        for (var second = 0; second < 600; second += 10)
            foreach (var clock in new[] { _storageClock, _clock, _otherClock })
            {
                await (clock == _storageClock ? Task.CompletedTask : clock.UntilWaitingAsync());
                TimerProcess.Set(clock, Two.AddSeconds(second));
            }

        end.SetResult();
        await TimerProcess.UntilAsync(() => Last == Two);
        TimerProcess.Set(_otherClock, Two.AddMinutes(11));
        await TimerProcess.UntilAsync(() => other.Said("Skipped: another process ran the timer AtTwo for") == 1);
        Assert.Equal((0, 0), (calls.Waiting, other.Calls.Waiting));
    }

    [Fact]
    public async Task A_process_that_dies_in_the_middle_leaves_its_run_to_the_next_start()
    {
        var dead = await StartAsync(_clock, new TimerCalls { Then = _ => new TaskCompletionSource().Task });
        await AdvanceAsync(TimeSpan.Zero, () => _blobs.Paths.Count == 1);
        await AdvanceAsync(TimeSpan.FromHours(1), () => dead.Calls.Waiting == 1);

        TimerProcess.Set(_storageClock, Two.AddHours(3));
        TimerProcess.Set(_otherClock, Two.AddHours(3));
        await using var next = await StartAsync(_otherClock);
        var timer = await next.Calls.NextAsync();
        Assert.Equal((true, Two), (timer.IsPastDue, timer.ScheduleStatus!.Next));
        await TimerProcess.UntilAsync(() => Last == Two);
    }

    private Task<TimerProcess> StartAsync(FakeClock clock, TimerCalls? calls = null) =>
        TimerProcess.StartAsync(clock, _blobs, typeof(TimerFunctions.AtTwo), calls: calls);

    private async Task AdvanceAsync(TimeSpan by, Func<bool> until)
    {
        await _clock.UntilWaitingAsync();
        _storageClock.Advance(by);
        _clock.Advance(by);
        await TimerProcess.UntilAsync(until);
    }
}
