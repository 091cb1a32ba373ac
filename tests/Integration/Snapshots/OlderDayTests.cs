using System.Text.Json;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Pointers;
using FriendCity.Snapshots.Publishing;
using FriendCity.Snapshots.Tables;

namespace FriendCity.Tests.Integration.Snapshots;

/// <summary>
/// What readers see never moves back: a run of an older day is published beside the newer one, and who reads what was current may finish.
/// </summary>
public sealed class OlderDayTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_older_day_asked_for_by_hand_is_published_beside_the_newer_one_and_the_answer_says_so()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var night = await fixture.PublishAsync(SnapshotFixture.Final(21));
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        var operation = await OrderAsync(fixture, "?date=2020-06-30");
        var old = operation.GetProperty("snapshot").GetString()!;
        Assert.Equal(("succeeded", false), (operation.GetProperty("state").GetString(), operation.GetProperty("current").GetBoolean()));
        Assert.StartsWith("The snapshot is published beside the current one, which is of a newer day", operation.GetProperty("note").GetString(),
            StringComparison.Ordinal);
        Assert.Equal([night.Id, old], (await fixture.Store.PublishedAsync(Token)).Select(each => each.Id));
        Assert.Equal(night.Id, fixture.Blobs.Metadata("latest/kpi_daily.csv", "snapshotid"));
        Assert.Equal(200, await StatusAsync(fixture, old));
        fixture.Audit();

        // The next night goes on from it: its day is among the days, and gets its copy.
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        var next = await fixture.PublishAsync(SnapshotFixture.Final(22));
        Assert.Equal((old, next.Id), (next.HistoryFrom, fixture.CurrentId()));
        Assert.Equal([new(2020, 6, 30), new(2026, 11, 21), new(2026, 11, 22)], fixture.Read(next.Id, KpiDaily.Table).Rows.Select(DailyFormats.DayOf)
            .Distinct());
        Assert.Equal(next.Id, fixture.Blobs.Metadata("history/kpi_daily/snapshot_date=2020-06-30/part-0.parquet", "snapshotid"));
        fixture.Audit();
    }

    /// <summary>Who loaded a past day from its own file need not load it again: incremental refresh rests on it.</summary>
    [Fact]
    public async Task A_nights_files_of_days_are_not_touched_by_later_nights_but_made_anew_after_a_provisional_one_and_by_a_back_fill()
    {
        const string Day = "history/kpi_daily/snapshot_date=2026-11-20/part-0.parquet";
        var fixture = await SnapshotFixture.OpenAsync();
        await fixture.PublishAsync(SnapshotFixture.Provisional(20));
        var provisional = fixture.Blobs.Metadata(Day, "snapshotid");
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        var final = await fixture.PublishAsync(SnapshotFixture.Final(20));
        Assert.Equal((true, final.Id), (provisional is not null && provisional != final.Id, fixture.Blobs.Metadata(Day, "snapshotid")));
        var bytes = fixture.Blobs.Bytes(Day);
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        await fixture.PublishAsync(SnapshotFixture.Final(21));
        Assert.Equal((final.Id, bytes), (fixture.Blobs.Metadata(Day, "snapshotid"), fixture.Blobs.Bytes(Day)));
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        var filled = (await OrderAsync(fixture, "?from=2026-11-20&to=2026-11-20&step=day")).GetProperty("snapshot").GetString();
        Assert.Equal(filled, fixture.Blobs.Metadata(Day, "snapshotid"));
    }

    [Fact]
    public async Task A_run_of_the_newest_day_says_that_it_is_the_current_one()
    {
        var fixture = await SnapshotFixture.OpenAsync();
        var operation = await OrderAsync(fixture, "");
        Assert.Equal((true, JsonValueKind.Null), (operation.GetProperty("current").GetBoolean(), operation.GetProperty("note").ValueKind));
    }

    /// <summary>Each instance learns storage's time from answers that name whole seconds.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void A_later_run_of_a_day_is_the_current_one_though_the_clock_of_its_instance_is_a_little_behind(double seconds)
    {
        var at = new DateTimeOffset(2026, 11, 22, 18, 0, 0, TimeSpan.Zero);
        var first = CurrentPointer.None.Next(Made("first", at), SnapshotTarget.None, SnapshotOptions.Default);
        var second = first.Next(Made("second", at.AddSeconds(-seconds)), SnapshotTarget.None, SnapshotOptions.Default);
        Assert.Equal(["second", "first"], second.Published.Select(each => each.Id));
        Assert.True(second.Published[0].PublishedAt > second.Published[1].PublishedAt);

        static PublishedSnapshot Made(string id, DateTimeOffset at) => new(id, new DateOnly(2026, 11, 21), Provisional: false, at);
    }

    // Days of November 2026, in the order of their runs; p stands for a provisional one.
    [Theory]
    [InlineData("21 20", "21 20")]
    [InlineData("20 21", "21 20")]
    [InlineData("21 21", "21 21")]
    [InlineData("21p 21", "21 21p<")]
    [InlineData("21 21p", "21 21p")]
    [InlineData("22p 21", "22p 21")]
    [InlineData("22p 22p 22p", "22p 22p< 22p<")]
    [InlineData("21p 22p 21", "22p 21 21p<")]
    [InlineData("20 19 21 18p", "21 20 19 18p")]
    public async Task The_newest_day_is_the_current_one_in_whatever_order_days_are_made(string runs, string listed)
    {
        var fixture = new SnapshotFixture(await FriendCity.Tests.Support.SmallSample.LoadAsync());
        foreach (var run in runs.Split(' '))
        {
            await fixture.PublishAsync(run.EndsWith('p')
                ? SnapshotFixture.Provisional(int.Parse(run[..2], null)) : SnapshotFixture.Final(int.Parse(run, null)));
            fixture.Clock.Advance(TimeSpan.FromMinutes(1));
            fixture.Audit();
        }

        Assert.Equal(listed, string.Join(' ', (await fixture.Store.PublishedAsync(Token))
            .Select(each => $"{each.SnapshotDate.Day}{(each.Provisional ? "p" : "")}{(each.SupersededBy is null ? "" : "<")}")));
    }

    [Fact]
    public async Task Who_took_the_pointer_of_a_provisional_run_finishes_though_others_supersede_it()
    {
        var fixture = new SnapshotFixture(await FriendCity.Tests.Support.SmallSample.LoadAsync());
        var first = await fixture.PublishAsync(SnapshotFixture.Provisional(22));
        var taken = PointerJson.Read(fixture.Blobs.Bytes("current.json")!);
        fixture.Clock.Advance(TimeSpan.FromMinutes(5));
        var second = await fixture.PublishAsync(SnapshotFixture.Provisional(22));
        Assert.Equal([(second.Id, null), (first.Id, second.Id)], await ListedAsync(fixture));

        // A day later it is no longer listed, and still is read to its end for a week.
        fixture.Clock.Advance(TimeSpan.FromHours(23.9));
        var night = await fixture.PublishAsync(SnapshotFixture.Final(22));
        Assert.Contains((first.Id, second.Id), await ListedAsync(fixture));
        foreach (var hours in new[] { 0.2, 24, 24, 24, 24, 24, 24, 23.9 })
        {
            fixture.Clock.Advance(TimeSpan.FromHours(hours));
            await fixture.PublishAsync(SnapshotFixture.Final(23));
            Assert.DoesNotContain(await ListedAsync(fixture), each => each.Id == first.Id);
            Assert.Equal(taken.Sha256, SnapshotStore.Hash(fixture.Blobs.Bytes(taken.Manifest!)!));
            Assert.All(taken.Target.Majors.Values.SelectMany(tables => tables.Values), path => Assert.NotNull(fixture.Blobs.Bytes(path)));
            Assert.Equal(200, await StatusAsync(fixture, first.Id));
        }

        Assert.NotEqual(night.Id, fixture.CurrentId());
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        await fixture.PublishAsync(SnapshotFixture.Final(23));
        Assert.Null(fixture.Blobs.Bytes(taken.Manifest!));
        Assert.Equal(404, await StatusAsync(fixture, first.Id));
    }

    [Fact]
    public async Task A_snapshot_stays_a_week_longer_than_it_is_listed_however_old_its_files_are()
    {
        var fixture = new SnapshotFixture(await FriendCity.Tests.Support.SmallSample.LoadAsync());
        var first = await fixture.PublishAsync(SnapshotFixture.Final(20));
        for (var night = 0; night < 20; night++)
        {
            fixture.Clock.Advance(TimeSpan.FromDays(1));
            await fixture.PublishAsync(SnapshotFixture.Final(21) with { Day = new DateOnly(2026, 11, 21).AddDays(night) });
            Assert.Equal(night < 13, (await fixture.Store.PublishedAsync(Token)).Any(each => each.Id == first.Id));
            Assert.NotNull(fixture.Blobs.Bytes($"snapshots/{first.Id}/manifest.json"));
        }

        fixture.Clock.Advance(TimeSpan.FromDays(1));
        await fixture.PublishAsync(SnapshotFixture.Final(21) with { Day = new DateOnly(2026, 12, 11) });
        Assert.Null(fixture.Blobs.Bytes($"snapshots/{first.Id}/manifest.json"));
    }

    internal static async Task<JsonElement> OrderAsync(SnapshotFixture fixture, string query)
    {
        var (status, _, body) = await SnapshotApiTests.AnswerAsync(fixture.Functions.Collection(SnapshotApiTests.Request("POST", query), Token));
        Assert.Equal(202, status);
        await fixture.Operations.IdleAsync().WaitAsync(TimeSpan.FromSeconds(60), Token);
        return await OperationAsync(fixture, SnapshotApiTests.Property(body, "id").GetString()!);
    }

    internal static async Task<JsonElement> OperationAsync(SnapshotFixture fixture, string id) => JsonSerializer.Deserialize<JsonElement>(
        (await SnapshotApiTests.AnswerAsync(fixture.OperationFunctions.Item(SnapshotApiTests.Request("GET"), id, Token))).Body);

    private static async Task<IEnumerable<(string Id, string? By)>> ListedAsync(SnapshotFixture fixture) =>
        (await fixture.Store.PublishedAsync(Token)).Select(each => (each.Id, each.SupersededBy));

    private static async Task<int> StatusAsync(SnapshotFixture fixture, string id) =>
        (await SnapshotApiTests.AnswerAsync(fixture.Functions.File(SnapshotApiTests.Request("GET"), id, "kpi_daily.csv", Token))).Status;
}
