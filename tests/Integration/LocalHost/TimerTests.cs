using System.Globalization;
using Azure.Storage.Blobs.Specialized;
using FriendCity.LocalHost;
using FriendCity.SampleWorker;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.LocalHost;

/// <summary>Timers fire as those of the WebJobs extension do, and once over all hosts.</summary>
public sealed class TimerTests(Azurite azurite)
{
    private const string AtTwo = "0 0 2 * * *";

    private readonly FakeClock _clock = new(Instant("2026-11-22T01:00:00"));

    [Fact]
    public async Task The_worker_is_called_when_it_is_due_and_told_how_far_the_timer_has_come()
    {
        var bell = new TimerSignal();
        var storage = await StorageAsync();
        var settings = new Dictionary<string, string> { ["sampleschedule"] = AtTwo };
        await using var app = await SampleApp.StartAsync(options => options with { Storage = storage, Clock = _clock, Settings = settings }, bell);
        (int, string, string)[] calls = [(1, "0001-01-01T00:00:00", "2026-11-22T02:00:00"), (24, "2026-11-22T02:00:00", "2026-11-23T02:00:00")];
        foreach (var (wait, last, next) in calls)
        {
            await _clock.UntilWaitingAsync();
            _clock.Advance(TimeSpan.FromHours(wait) - TimeSpan.FromSeconds(1));
            Assert.False(bell.Rings.Reader.TryPeek(out _));
            _clock.Advance(TimeSpan.FromSeconds(1));
            var told = await bell.Rings.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Equal(Instant(last), new DateTimeOffset(told.ScheduleStatus!.Last));
            Assert.Equal(Instant(next), new DateTimeOffset(told.ScheduleStatus.Next));
            Assert.False(told.IsPastDue);
        }
    }

    [Fact]
    public async Task The_status_has_the_form_and_the_place_of_the_WebJobs_extension()
    {
        var storage = await StorageAsync();
        await using (var host = new TimerHost(storage, _clock, AtTwo))
        {
            await _clock.UntilWaitingAsync();
            Assert.Equal(Status("0001-01-01T00:00:00", "2026-11-22T02:00:00", "2026-11-22T01:00:00"), await ReadAsync(storage));
            _clock.Advance(TimeSpan.FromHours(1));
            await host.NextCallAsync();
            await _clock.UntilWaitingAsync();
        }

        Assert.Equal(Status("2026-11-22T02:00:00", "2026-11-23T02:00:00", "2026-11-22T02:00:00"), await ReadAsync(storage));
    }

    /// <summary>What a host does when it starts on 2026-11-22 at 01:00 with that status: the calls at once, and what is due next.</summary>
    [Theory]
    // Due while no host ran, once or for days: one call for all of it.
    [InlineData("2026-11-20T02:00:00", "2026-11-21T02:00:00", "2026-11-20T02:00:00", "late", "2026-11-22T02:00:00")]
    [InlineData("2026-11-10T02:00:00", "2026-11-11T02:00:00", "2026-11-10T02:00:00", "late", "2026-11-22T02:00:00")]
    [InlineData("0001-01-01T00:00:00", "2026-11-21T02:00:00", "2026-11-20T10:00:00", "late", "2026-11-22T02:00:00")]
    // Nothing missed.
    [InlineData("2026-11-21T02:00:00", "2026-11-22T02:00:00", "2026-11-21T02:00:00", "", "2026-11-22T02:00:00")]
    // The schedule has been changed since: nobody had asked for 02:00 when it passed.
    [InlineData("2026-11-20T05:30:00", "2026-11-21T05:30:00", "2026-11-20T05:30:00", "", "2026-11-22T02:00:00")]
    // A clock had gone ahead: what it had answered for stays answered for.
    [InlineData("2026-12-01T02:00:00", "2026-12-02T02:00:00", "2026-12-01T02:00:00", "", "2026-12-02T02:00:00")]
    public async Task A_host_that_starts_makes_up_for_what_was_missed_by_one_call(string last, string next, string updated, string calls, string due)
    {
        var storage = await StorageAsync();
        await WriteAsync(storage, Status(last, next, updated));
        await using var host = new TimerHost(storage, _clock, AtTwo);
        await _clock.UntilWaitingAsync();
        Assert.Equal(calls == "late", host.Calls.Reader.TryRead(out var told));
        Assert.True(told is null || told.EndsWith("\"IsPastDue\":true}", StringComparison.Ordinal));
        Assert.Equal(Instant(due) - _clock.GetUtcNow(), _clock.Waits[^1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no status")]
    [InlineData("{}")]
    public async Task A_status_that_cannot_be_read_is_begun_anew(string content)
    {
        var storage = await StorageAsync();
        await WriteAsync(storage, content);
        await using var host = new TimerHost(storage, _clock, AtTwo);
        await _clock.UntilWaitingAsync();
        Assert.Equal(Status("0001-01-01T00:00:00", "2026-11-22T02:00:00", "2026-11-22T01:00:00"), await ReadAsync(storage));
    }

    [Theory]
    [InlineData(true, true, "call")]
    [InlineData(true, false, "call")]
    [InlineData(false, true, "late")]
    [InlineData(false, false, "")]
    public async Task A_timer_runs_at_the_start_if_told_to_and_catches_up_if_it_is_monitored(bool onStartup, bool monitored, string calls)
    {
        var storage = await StorageAsync();
        if (!onStartup)
            await WriteAsync(storage, Status("2026-11-20T02:00:00", "2026-11-21T02:00:00", "2026-11-20T02:00:00"));
        await using var host = new TimerHost(storage, _clock, AtTwo, onStartup, monitored);
        await _clock.UntilWaitingAsync();
        var told = host.Calls.Reader.TryRead(out var message) ? message : null;
        Assert.Equal(calls, told is null ? "" : told.EndsWith("true}", StringComparison.Ordinal) ? "late" : "call");
        Assert.Equal(monitored, told?.Contains("\"ScheduleStatus\":{", StringComparison.Ordinal) ?? monitored);
        Assert.False(host.Calls.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Over_two_hosts_a_timer_fires_once_at_each_instant()
    {
        var storage = await StorageAsync();
        await using var one = new TimerHost(storage, _clock, AtTwo);
        await using var other = new TimerHost(storage, _clock, AtTwo);
        await _clock.UntilWaitingAsync(timers: 2);
        for (var day = 0; day < 5; day++)
        {
            _clock.Advance(TimeSpan.FromDays(1));
            // Both have looked and wait for the next day.
            await _clock.UntilWaitingAsync(timers: 2);
            Assert.Equal(1, new[] { one, other }.Sum(host => host.Calls.Reader.TryRead(out _) ? 1 : 0));
            Assert.Equal(0, one.Calls.Reader.Count + other.Calls.Reader.Count);
        }
    }

    [Fact]
    public async Task While_one_host_runs_a_timer_another_waits_and_finds_nothing_left_to_do()
    {
        var storage = await StorageAsync();
        var running = new TaskCompletionSource();
        await using var one = new TimerHost(storage, _clock, AtTwo) { Then = _ => running.Task };
        await _clock.UntilWaitingAsync();
        _clock.Advance(TimeSpan.FromHours(2));
        await one.NextCallAsync();

        await using var other = new TimerHost(storage, _clock, AtTwo);
        running.SetResult();
        await _clock.UntilWaitingAsync(timers: 2);
        Assert.Equal(0, other.Calls.Reader.Count);
    }

    [Fact]
    public async Task A_host_that_stops_lets_its_call_end_and_records_it()
    {
        var storage = await StorageAsync();
        var running = new TaskCompletionSource();
        var host = new TimerHost(storage, _clock, AtTwo) { Then = _ => running.Task };
        await _clock.UntilWaitingAsync();
        _clock.Advance(TimeSpan.FromHours(1));
        await host.NextCallAsync();
        var stopping = host.DisposeAsync();
        Assert.False(stopping.IsCompleted);
        running.SetResult();
        await stopping;
        Assert.Equal(Status("2026-11-22T02:00:00", "2026-11-23T02:00:00", "2026-11-22T02:00:00"), await ReadAsync(storage));
    }

    [Fact]
    public async Task Who_has_lost_the_turn_cannot_record_anything()
    {
        var storage = await StorageAsync();
        var options = new LocalHostOptions { AppFolder = ".", Storage = storage };
        await using var turn = (await new TimerBook(options, "Nightly").TakeAsync(CancellationToken.None))!;
        await TimerHost.Blob(storage).GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
        await WriteAsync(storage, "of another");
        var mine = TimerStatus.First(TimerSchedule.Parse(AtTwo, options), _clock.GetUtcNow().UtcDateTime);
        await Assert.ThrowsAsync<Azure.RequestFailedException>(() => turn.WriteAsync(mine));
        Assert.Equal("of another", await ReadAsync(storage));
    }

    private static string Status(string last, string next, string updated) =>
        $$"""{"Last":"{{last}}+00:00","Next":"{{next}}+00:00","LastUpdated":"{{updated}}+00:00"}""";

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static async Task<string> ReadAsync(string storage) => (await TimerHost.Blob(storage).DownloadContentAsync()).Value.Content.ToString();

    private static async Task WriteAsync(string storage, string content)
    {
        await TimerHost.Blob(storage).GetParentBlobContainerClient().CreateIfNotExistsAsync();
        await TimerHost.Blob(storage).UploadAsync(BinaryData.FromString(content), overwrite: true);
    }

    private async Task<string> StorageAsync() => await azurite.ConnectionStringAsync(azurite.NewAccount());
}
