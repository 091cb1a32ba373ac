using System.Text;
using FriendCity.Kpis.Alerts;
using FriendCity.Operations;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Publishing;
using FriendCity.Snapshots.Tables;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;
using Microsoft.Azure.Functions.Worker;

namespace FriendCity.Tests.Integration.Snapshots;

/// <summary>Which day a run is for, which nights were missed and what is old, storage's clock tells, whatever the machine believes.</summary>
public sealed class WrongClockTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> Hours { get; } = [-24 * 365, -72, -13, 13, 72, 24 * 365];

    [Theory, MemberData(nameof(Hours))]
    public async Task The_nights_day_is_storages(int hours)
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync()) { Machine = { Off = TimeSpan.FromHours(hours) } };
        await fixture.Nightly.RunAsync(new TimerInfo(), Token);
        Assert.Equal("2026-11-21", fixture.Json("current.json").GetProperty("snapshotDate").GetString());
        fixture.Audit();
    }

    [Theory, MemberData(nameof(Hours))]
    public async Task A_run_by_hand_is_of_storages_today_and_of_no_later_day(int hours)
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync()) { Machine = { Off = TimeSpan.FromHours(hours) } };
        await OlderDayTests.OrderAsync(fixture, "");
        var made = fixture.Json("current.json").GetProperty("published")[0];
        Assert.Equal(("2026-11-22", true), (made.GetProperty("snapshotDate").GetString(), made.GetProperty("provisional").GetBoolean()));
        Assert.Equal(400, (await SnapshotApiTests.AnswerAsync(
            fixture.Functions.Collection(SnapshotApiTests.Request("POST", "?date=2026-11-23"), Token))).Status);
    }

    [Fact]
    public async Task An_order_of_a_day_to_come_makes_nothing_and_says_why()
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        await fixture.PublishAsync(SnapshotFixture.Final(21));
        var before = fixture.CurrentId();
        var order = await fixture.Book.AddAsync(SnapshotJobs.Snapshot, SnapshotJobs.Input(new DateOnly(2026, 11, 25), provisional: false, []),
            "another instance", Token);
        await fixture.Operations.ResumeAsync(Token);
        var operation = await fixture.Book.FindAsync(order.Id, Token);
        Assert.Equal((Operation.Failed, "bad_parameter", "2026-11-25 has not come: by storage's clock it is 2026-11-22."),
            (operation!.State, operation.Error, operation.Detail));
        Assert.Equal(before, fixture.CurrentId());
        Assert.Equal(new DateOnly(2026, 11, 22), Assert.IsType<SnapshotOutcome.Early>(
            await fixture.Run.RunAsync(SnapshotFixture.Final(23), Token)).Today);
    }

    // By the next night, by the minute's timer, and by nobody until its day has come.
    [Theory, InlineData("night"), InlineData("timer"), InlineData("its own night")]
    public async Task A_snapshot_of_a_day_to_come_is_told_goes_from_the_list_and_silences_no_night(string healer)
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        await fixture.PublishAsync(SnapshotFixture.Final(20));
        fixture.Clock.Advance(TimeSpan.FromSeconds(1));
        var early = await PublishEarlyAsync(fixture);
        Assert.Equal([ServiceAlerts.Future], await PointerRepairTests.CodesAsync(fixture));

        if (healer == "timer")
            await fixture.OperationFunctions.Resume(new TimerInfo(), Token);
        if (healer == "its own night")
            fixture.Clock.Advance(TimeSpan.FromDays(4));
        var nights = healer == "its own night" ? new[] { 25 } : [21, 22, 23, 24, 25];
        foreach (var night in nights)
        {
            await fixture.Nightly.RunAsync(new TimerInfo(), Token);
            Assert.Equal($"2026-11-{night}", fixture.Json("current.json").GetProperty("snapshotDate").GetString());
            Assert.DoesNotContain(early, (await fixture.Store.PublishedAsync(Token)).Select(each => each.Id));
            Assert.Equal(Enumerable.Range(20, night - 19),
                fixture.Read(fixture.CurrentId()!, KpiDaily.Table).Rows.Select(row => DailyFormats.DayOf(row).Day)
                .Distinct());
            Assert.DoesNotContain(fixture.Blobs.Paths, path => string.CompareOrdinal(path, $"history/kpi_daily/snapshot_date=2026-11-{night + 1}") > 0
                && path.StartsWith("history/kpi_daily/", StringComparison.Ordinal));
            Assert.Equal([ServiceAlerts.Pointer], await PointerRepairTests.CodesAsync(fixture));
            fixture.Audit();
            fixture.Clock.Advance(TimeSpan.FromDays(1));
        }
    }

    [Fact]
    public async Task An_operation_whose_row_is_from_the_future_is_finished_and_told_in_storages_time()
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        var order = await fixture.Book.AddAsync(SnapshotJobs.Snapshot, SnapshotJobs.Input(new DateOnly(2026, 11, 21), provisional: false, []),
            "tests",
            Token);
        var future = new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await fixture.Tables.SubmitAsync(OperationStore.Table,
            [TableOperation.Upsert((order with { State = Operation.Running, Attempts = 1, CreatedAt = future, UpdatedAt = future }).ToRow())], Token);
        fixture.Machine.Off = TimeSpan.FromDays(3);
        await fixture.Operations.ResumeAsync(Token);
        var operation = await fixture.Book.FindAsync(order.Id, Token);
        Assert.Equal((Operation.Succeeded, SnapshotFixture.Start.Date), (operation!.State, operation.UpdatedAt.Date));
    }

    [Fact]
    public async Task A_clock_years_ahead_deletes_no_operation_that_is_young()
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        await OlderDayTests.OrderAsync(fixture, "");
        var (reached, go) = fixture.HoldPut("dim_city.csv");
        var (_, _, body) = await SnapshotApiTests.AnswerAsync(fixture.Functions.Collection(SnapshotApiTests.Request("POST"), Token));
        await reached.WaitAsync(TimeSpan.FromSeconds(20), Token);
        fixture.Machine.Off = TimeSpan.FromDays(4 * 365);
        Assert.Equal(0, await fixture.Book.PurgeAsync(TimeSpan.FromDays(90), Token));
        Assert.Equal([SnapshotApiTests.Property(body, "id").GetString()!], await fixture.Book.OpenAsync(Token));
        go.SetResult();
        await fixture.Operations.IdleAsync();
    }

    [Fact]
    public async Task A_failure_dated_in_the_future_is_over_with_the_next_snapshot()
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        await fixture.Store.PrepareAsync(Token);
        await fixture.Store.WriteOnceAsync("failures/2099-01-01-x.json", "application/json", """{"snapshotDate":"2099-01-01","at":"2099-01-01T00:00:00.000Z","message":"m"}"""u8.ToArray(), Token);
        Assert.Equal([ServiceAlerts.Failed], await PointerRepairTests.CodesAsync(fixture));
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        await fixture.PublishAsync(SnapshotFixture.Final(21));
        Assert.Empty(await PointerRepairTests.CodesAsync(fixture));
    }

    /// <summary>
    /// What a process three days ahead published before this service went by storage's clock: a final snapshot of the 25th, of which storage
    /// says when it came.
    /// </summary>
    private static async Task<string> PublishEarlyAsync(SnapshotFixture fixture)
    {
        var ahead = new FakeClock(SnapshotFixture.Start.AddDays(4));
        var early = Assert.IsType<SnapshotOutcome.Published>(await fixture.NewRun(ahead).RunAsync(SnapshotFixture.Final(25), Token)).Manifest;
        var pointer = Encoding.UTF8.GetString(fixture.Blobs.Bytes("current.json")!);
        fixture.Blobs.Tamper("current.json", Encoding.UTF8.GetBytes(
            pointer.Replace("2026-11-26T12:00:00.500Z", "2026-11-22T12:00:01.500Z", StringComparison.Ordinal)));
        return early.Id;
    }
}
