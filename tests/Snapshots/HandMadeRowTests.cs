using FriendCity.Kpis.Alerts;
using FriendCity.Records.Persistence;
using FriendCity.Records.Replication;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Publishing;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FriendCity.Tests.Snapshots;

/// <summary>
/// Rows that a hand deleted, moved or changed behind the service's back: the cut goes by the tables, names them, and no night is lost.
/// </summary>
public sealed class HandMadeRowTests : IDisposable
{
    private readonly FakeClock _clock = new(SnapshotFixture.Start);
    private readonly FakeTables _tables;
    private readonly Instance _instance;
    private readonly PointInTimeReader _cut;

    public HandMadeRowTests()
    {
        _tables = new FakeTables(_clock);
        _instance = new Instance(_tables, _clock);
        _cut = new PointInTimeReader(
            new RegistryScan(_tables, NoteRecord.Types), _instance.Feed, _instance.Replica.ReadAsync,
            new PastRecords(_tables, NoteRecord.Types, _instance.Quarantine),
            _clock, SnapshotOptions.Default with { Settle = TimeSpan.Zero }, NullLogger<PointInTimeReader>.Instance);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Whether the row of the record is deleted, and that of its version; what the cut then holds, and whether it names the record.
    [Theory]
    [InlineData(true, false, "b1 kept", true, true)]
    [InlineData(false, true, "a1 first, b1 kept", false, false)]
    [InlineData(true, true, "b1 kept", true, false)]
    public async Task A_row_deleted_by_hand_is_named_and_the_rest_is_in_the_cut(bool current, bool history, string texts, bool isNamed,
        bool isStillGone)
    {
        await WriteAsync("a", "first");
        await WriteAsync("b", "kept");
        var (row, version) = (await RowAsync("a"), RecordKeys.History("a", 1));
        using var other = new Instance(_tables, _clock);
        Assert.Equal("first", (await other.ReadAsync("a"))?.Text);
        if (current)
            await DeleteAsync(row.PartitionKey, row.RowKey);
        if (history)
            await DeleteAsync(row.PartitionKey, version);

        var (cut, named) = await TakeAsync();
        Assert.Equal(texts, Texts(cut));
        Assert.Equal(isNamed ? ["memos/a True"] : [], named.Select(each => $"{each.Type}/{each.Id} {each.IsGone}"));
        Assert.Equal(isNamed ? null : "first", (await _instance.ReadAsync("a"))?.Text);
        Assert.Equal(isStillGone ? 1 : 0, (await _cut.StillGoneAsync(named, Token)).Count);

        // Of a deleted row the other instances learn too, with their next poll.
        Assert.Equal(isNamed ? null : "first", (await other.ReadAsync("a"))?.Text);

        // Put back, it is there again, and nobody tells of it.
        if (current)
            await _tables.SubmitAsync(NoteRecord.Type.Table, [TableOperation.Insert(row with { ETag = null })], Token);
        (cut, var after) = await TakeAsync();
        Assert.Equal(("a1 first, b1 kept", 0, 0), (Texts(cut), after.Count, (await _cut.StillGoneAsync(named, Token)).Count));
    }

    [Fact]
    public async Task A_loss_of_many_rows_keeps_the_snapshot_from_being_published()
    {
        for (var i = 0; i <= 100; i++)
            await WriteAsync($"m{i}", "text");
        await _instance.Replica.ReadAsync(Token);
        for (var i = 0; i <= 100; i++)
            await DeleteAsync(RecordKeys.Partition($"m{i}"), RecordKeys.Current($"m{i}"));
        var fault = await Assert.ThrowsAsync<InvalidDataException>(TakeAsync);
        Assert.StartsWith("101 rows are gone from their tables, among them memos/m", fault.Message, StringComparison.Ordinal);
    }

    // Before the records are loaded, or while they are held; a copy of a record, or its only row.
    [Theory]
    [InlineData(true, true), InlineData(true, false), InlineData(false, true), InlineData(false, false)]
    public async Task A_row_in_a_partition_where_it_does_not_belong_is_named_and_left_out(bool isLoaded, bool isCopy)
    {
        await WriteAsync("a", "first");
        var (row, other) = (await RowAsync("a"), RecordKeys.Partitions.First(partition => partition != RecordKeys.Partition("a")));
        if (!isLoaded)
            await _instance.Feed.AppendReloadAsync("tests", Token);
        await _tables.SubmitAsync(NoteRecord.Type.Table, [TableOperation.Insert(row with { PartitionKey = other, ETag = null })], Token);
        if (!isCopy)
            await DeleteAsync(row.PartitionKey, row.RowKey);

        var (cut, named) = await TakeAsync();
        Assert.Equal(isCopy ? "a1 first" : "", Texts(cut));
        Assert.Contains(named, each => each.Id == "a" && each.Reason == $"A row of it stands in partition {other}, where it does not belong.");

        await DeleteAsync(other, row.RowKey);
        if (!isCopy)
            await _tables.SubmitAsync(NoteRecord.Type.Table, [TableOperation.Insert(row with { ETag = null })], Token);
        (cut, named) = await TakeAsync();
        Assert.Equal(("a1 first", 0), (Texts(cut), named.Count));
    }

    public static TheoryData<string> Columns { get; } = ["Id", "Version", "Deleted", "Text", "Attachments"];

    [Theory, MemberData(nameof(Columns))]
    public async Task A_row_spoilt_while_its_record_is_held_is_left_out_and_named(string column)
    {
        await WriteAsync("a", "first");
        await WriteAsync("b", "kept");
        var row = await RowAsync("a");
        await ReplaceAsync(row, column, new byte[] { 1 });
        // The version is what a scan compares; of the rest the replica learns when it reads anew.
        if (column != "Version")
            await _instance.Feed.AppendReloadAsync("tests", Token);
        var (cut, named) = await TakeAsync();
        Assert.Equal("b1 kept", Texts(cut));
        Assert.Equal(["memos/a"], named.Select(each => $"{each.Type}/{each.Id}"));
    }

    [Theory, InlineData(0L, "edited"), InlineData(3L, "edited")]
    public async Task A_version_changed_by_hand_is_taken_from_the_table(long version, string text)
    {
        await WriteAsync("a", "first");
        await WriteAsync("a", "second");
        Assert.Equal(2, (await _instance.ReadAsync("a"))!.Version);
        var row = await RowAsync("a");
        var columns = new Dictionary<string, object>(row.Columns) { ["Version"] = version == 0 ? 1L : version, ["Text"] = text };
        await _tables.SubmitAsync(NoteRecord.Type.Table, [TableOperation.Replace(row with { Columns = columns, ETag = null }, "*")], Token);
        var (cut, named) = await TakeAsync();
        Assert.Equal(($"a{columns["Version"]} {text}", 0), (Texts(cut), named.Count));
    }

    [Fact]
    public async Task A_row_that_is_gone_is_told_by_every_snapshot_until_it_is_put_back()
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        var scans = 0;
        // The first scan meets it; the replica then reads its records anew, and from there on no scan does.
        fixture.Agree = () => ++scans == 1
            ? new ConsistencyCheck(0, [Quarantined.Missing("cities", "KZALA")]) { Discord = "It is gone." } : new ConsistencyCheck(0, []);
        for (var day = 19; day <= 21; day++)
        {
            Assert.Equal(["KZALA"], (await fixture.PublishAsync(SnapshotFixture.Final(day))).Consistency.Quarantined.Select(row => row.Id));
            fixture.Clock.Advance(TimeSpan.FromMinutes(1));
            var notice = Assert.Single(await fixture.Notices.ReadAsync(Token));
            Assert.Equal((ServiceAlerts.LeftOut,
                "1 rows are not in the current snapshot: cities/KZALA (Its row is gone from the table, deleted by a hand and not by this service.)"),
                (notice.Code, notice.Message.En));
        }

        fixture.StillGone = _ => [];
        await fixture.PublishAsync(SnapshotFixture.Final(22));
        Assert.Empty(await fixture.Notices.ReadAsync(Token));
    }

    public void Dispose() => _instance.Dispose();

    private static string Texts(PointInTimeRead cut) =>
        string.Join(", ", cut.Registry.Of(NoteRecord.Type).Live.Select(memo => $"{memo.Id}{memo.Version} {memo.Text}"));

    /// <summary>As a run does it: what does not agree is taken anew, once.</summary>
    private async Task<(PointInTimeRead PointInTimeRead, IReadOnlyList<Quarantined> Named)> TakeAsync()
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        var first = await _cut.TakeAsync(Token);
        var consistency = await _cut.AgreeAsync(first, Token);
        if (consistency.Discord is null)
            return (first, consistency.Quarantined);
        var second = await _cut.TakeAsync(Token);
        var again = await _cut.AgreeAsync(second, Token);
        Assert.Null(again.Discord);
        return (second, [.. consistency.Quarantined.Where(row => row.IsGone).Concat(again.Quarantined)]);
    }

    private async Task<TableRow> RowAsync(string id) =>
        (await _tables.GetAsync(NoteRecord.Type.Table, RecordKeys.Partition(id), RecordKeys.Current(id), Token))!;

    private Task<TableSubmit> DeleteAsync(string partition, string row) =>
        _tables.SubmitAsync(NoteRecord.Type.Table, [TableOperation.Delete(partition, row, "*")], Token);

    private Task<TableSubmit> ReplaceAsync(TableRow row, string column, object value) => _tables.SubmitAsync(
        NoteRecord.Type.Table,
        [TableOperation.Replace(row with { Columns = new Dictionary<string, object>(row.Columns) { [column] = value }, ETag = null },
            "*")], Token);

    private async Task WriteAsync(string id, string text)
    {
        await _instance.Replica.ReadAsync(Token);
        Assert.IsType<WriteOutcome.Stored>(await _instance.WriteAsync(id, text));
    }
}
