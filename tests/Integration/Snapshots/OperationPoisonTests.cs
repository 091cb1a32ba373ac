using FriendCity.Kpis.Alerts;
using FriendCity.Operations;
using FriendCity.Snapshots;
using FriendCity.Storage.Blobs;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;
using Microsoft.Azure.Functions.Worker;

namespace FriendCity.Tests.Integration.Snapshots;

/// <summary>
/// An operation's row, its input, or what else lies beside it is not what this service wrote: it is named, and keeps no other from being run.
/// </summary>
public sealed class OperationPoisonTests
{
    private static readonly DateTimeOffset At = SnapshotFixture.Start;

    private static readonly Operation Whole = new("01KAX0000000000000000POISN", SnapshotJobs.Snapshot, Operation.Queued, "tests", At, At, null)
    {
        Result = "x",
        Error = "internal",
        Detail = "x",
        IsCurrent = true,
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Every column there is, once missing where it has to be there, and once of each type that it is not of.</summary>
    public static TheoryData<string, string> Columns { get; } = new(
        from column in Whole.ToRow().Columns
        from wrong in Wrong.Select(each => each.Name).Prepend("missing")
        where wrong == "missing"
            ? column.Key is not ("Result" or "Error" or "Detail" or "IsCurrent")
            : Wrong.Single(each => each.Name == wrong).Value.GetType() != column.Value.GetType()
        select (column.Key, wrong));

    private static (string Name, object Value)[] Wrong =>
        [("text", "many"), ("number", 5L), ("fraction", 0.5), ("flag", true), ("instant", At), ("bytes", new byte[] { 1 })];

    [Theory, MemberData(nameof(Columns))]
    public async Task A_column_that_is_missing_or_of_another_type_is_named_and_keeps_no_other_operation_waiting(string column, string wrong)
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        var poisoned = await fixture.Book.AddAsync(SnapshotJobs.Snapshot, SnapshotJobs.Input(new DateOnly(2026, 11, 20), provisional: false, []),
            "tests", Token);
        var columns = new Dictionary<string, object>((Whole with { Id = poisoned.Id }).ToRow().Columns);
        columns.Remove(column);
        if (wrong != "missing")
            columns[column] = Wrong.Single(each => each.Name == wrong).Value;
        await MeetsAsync(fixture, poisoned.Id, new TableRow(OperationStore.Table, poisoned.Id, columns), column);
    }

    [Theory, InlineData(""), InlineData("done"), InlineData("Running")]
    public async Task A_state_that_there_is_not_is_named(string state)
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        var poisoned = await fixture.Book.AddAsync(SnapshotJobs.Snapshot, SnapshotJobs.Input(new DateOnly(2026, 11, 20), provisional: false, []),
            "tests", Token);
        await MeetsAsync(fixture, poisoned.Id, (poisoned with { State = state }).ToRow(), "State");
    }

    [Theory]
    [InlineData("snapshot", "")]
    [InlineData("snapshot", "{")]
    [InlineData("snapshot", "[]")]
    [InlineData("snapshot", "null")]
    [InlineData("snapshot", "{}")]
    [InlineData("snapshot", "{\"day\":5,\"provisional\":false,\"days\":[]}")]
    [InlineData("snapshot", "{\"day\":\"2026-02-30\",\"provisional\":false,\"days\":[]}")]
    [InlineData("snapshot", "{\"day\":\"2026-11-20\",\"provisional\":\"perhaps\",\"days\":[]}")]
    [InlineData("backfill", "{\"day\":\"2026-11-20\",\"provisional\":false,\"days\":[null]}")]
    [InlineData("verify", "{\"snapshot\":5}")]
    [InlineData("verify", "[]")]
    [InlineData("tidy", "{}")]
    public async Task An_input_that_cannot_be_read_ends_its_operation_and_says_so(string kind, string input)
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        var poisoned = await fixture.Book.AddAsync(kind, input, "tests", Token);
        var good = await GoodAsync(fixture);
        await fixture.OperationFunctions.Resume(new TimerInfo(), Token);
        var operation = await fixture.Book.FindAsync(poisoned.Id, Token);
        Assert.Equal(Operation.Failed, operation!.State);
        Assert.NotEmpty(operation.Detail!);
        Assert.Equal(Operation.Succeeded, (await fixture.Book.FindAsync(good, Token))!.State);
        Assert.Empty(await fixture.Book.OpenAsync(Token));
    }

    [Fact]
    public async Task What_lies_in_the_container_and_is_no_input_is_left_alone()
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        string[] strange = ["README.txt", "notes/day.json", "x y.json", "01ABC.json.bak", ".json", "UPPER.json", "%2e.json"];
        foreach (var name in strange)
            await fixture.Blobs.PutAsync(OperationStore.Input("x") with { Path = name }, new MemoryStream("?"u8.ToArray()), "text/plain",
                BlobCondition.Always, Token);
        var good = await GoodAsync(fixture);
        fixture.Clock.Advance(TimeSpan.FromHours(2));
        await fixture.OperationFunctions.Resume(new TimerInfo(), Token);
        Assert.Equal(Operation.Succeeded, (await fixture.Book.FindAsync(good, Token))!.State);
        Assert.Empty(strange.Except(fixture.Blobs.Paths));
    }

    private static async Task MeetsAsync(SnapshotFixture fixture, string id, TableRow row, string column)
    {
        await fixture.Tables.SubmitAsync(OperationStore.Table, [TableOperation.Upsert(row with { PartitionKey = Operation.Key(id).Partition })],
            Token);
        var good = await GoodAsync(fixture);
        await fixture.OperationFunctions.Resume(new TimerInfo(), Token);
        Assert.Equal(Operation.Succeeded, (await fixture.Book.FindAsync(good, Token))!.State);
        Assert.Equal("2026-11-21", fixture.Json("current.json").GetProperty("snapshotDate").GetString());
        Assert.Single(await fixture.Store.PublishedAsync(Token));

        var told = await OlderDayTests.OperationAsync(fixture, id);
        Assert.Equal("failed", told.GetProperty("state").GetString());
        Assert.Contains($"column {column} ", told.GetProperty("error").GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(200, (await SnapshotApiTests.AnswerAsync(
            fixture.OperationFunctions.Item(SnapshotApiTests.Request("DELETE"), id, Token))).Status);
        var notice = Assert.Single(await fixture.Notices.ReadAsync(Token));
        Assert.Equal(ServiceAlerts.Operation, notice.Code);
        Assert.Contains(id, notice.Message.En, StringComparison.Ordinal);

        // It goes with the others that are long over, and the alert with it.
        fixture.Clock.Advance(TimeSpan.FromDays(91));
        Assert.Equal(2, await fixture.Book.PurgeAsync(TimeSpan.FromDays(90), Token));
        Assert.Empty(await fixture.Notices.ReadAsync(Token));
    }

    private static async Task<string> GoodAsync(SnapshotFixture fixture)
    {
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        return (await fixture.Book.AddAsync(SnapshotJobs.Snapshot, SnapshotJobs.Input(new DateOnly(2026, 11, 21), provisional: false, []), "tests",
            Token)).Id;
    }
}
