using FriendCity.Records.Persistence;
using FriendCity.Records.Replication;
using FriendCity.Snapshots;
using FriendCity.Snapshots.Publishing;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace FriendCity.Tests.Integration.Snapshots;

/// <summary>
/// Rows that a hand deleted, moved or changed behind the service's back: the cut goes by the tables, names them, and no night is lost.
/// </summary>
public sealed class HandMadeRowTests : IDisposable
{
    private readonly FakeClock _clock = new(SnapshotFixture.Start);
    private readonly FakeTables _tables;
    private readonly Instance _instance;
    private readonly PointInTimeReader _cut;

    /// <summary>What the last scan told.</summary>
    private IReadOnlyList<MissingVersions> _incomplete = [];

    public HandMadeRowTests()
    {
        _tables = new FakeTables(_clock);
        _instance = new Instance(_tables, _clock);
        _cut = Reader(_instance);
    }

    /// <summary>Of which versions the last scan told that they are gone.</summary>
    private string Missing { get; set; } = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Whether the row of the record is deleted, and that of its version; what the cut then holds, and whether it names the record.
    [Theory]
    [InlineData(true, false, "b1 kept", true, true, "")]
    [InlineData(false, true, "a1 first, b1 kept", false, false, "memos/a 1")]
    [InlineData(true, true, "b1 kept", true, false, "")]
    public async Task A_row_deleted_by_hand_is_named_and_the_rest_is_in_the_cut(bool current, bool history, string texts, bool isNamed,
        bool isStillGone, string missing)
    {
        await WriteAsync("a", "first");
        await WriteAsync("b", "kept");
        var (row, version) = (await RowAsync("a"), await RowAsync(RecordKeys.History("a", 1), "a"));
        using var other = new Instance(_tables, _clock);
        Assert.Equal("first", (await other.ReadAsync("a"))?.Text);
        if (current)
            await DeleteAsync(row.PartitionKey, row.RowKey);
        if (history)
            await DeleteAsync(row.PartitionKey, version.RowKey);

        var (cut, named) = await TakeAsync();
        Assert.Equal((texts, missing), (Texts(cut), Missing));
        Assert.Equal(isNamed ? ["memos/a True"] : [], named.Select(each => $"{each.Type}/{each.Id} {each.IsGone}"));
        Assert.Equal(isNamed ? null : "first", (await _instance.ReadAsync("a"))?.Text);

        // The next night it is told as long as history knows of it.
        Assert.Equal(isStillGone ? 1 : 0, (await TakeAsync()).Named.Count);

        // Of a deleted row the other instances learn too, with their next poll.
        Assert.Equal(isNamed ? null : "first", (await other.ReadAsync("a"))?.Text);

        // Put back, it is there again, and nobody tells of it.
        if (current)
            await PutBackAsync(row);
        if (history)
            await PutBackAsync(version);
        (cut, var after) = await TakeAsync();
        Assert.Equal(("a1 first, b1 kept", 0, ""), (Texts(cut), after.Count, Missing));
    }

    // Which of ten versions a hand deleted, and how they are told; the pages of storage end anywhere.
    [Theory]
    [InlineData(new long[] { 2 }, "memos/a 2", 1000)]
    [InlineData(new long[] { 1, 10 }, "memos/a 1, 10", 3)]
    [InlineData(new long[] { 3, 4, 5, 9 }, "memos/a 3-5, 9", 1)]
    [InlineData(new long[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 }, "memos/a 1-10", 1000)]
    public async Task Versions_deleted_by_hand_are_named_until_they_are_put_back(long[] versions, string missing, int pageSize)
    {
        for (var i = 1; i <= 10; i++)
            await WriteAsync("a", $"text {i}");
        // Of these nothing is missing.
        await WriteAsync("aa", "first");
        await WriteAsync("aa", "second");
        _tables.PageSize = pageSize;
        var rows = new List<TableRow>();
        foreach (var version in versions)
            rows.Add(await RowAsync(RecordKeys.History("a", version), "a"));
        foreach (var row in rows)
            await DeleteAsync(row.PartitionKey, row.RowKey);
        var (cut, named) = await TakeAsync();
        Assert.Equal(("a10 text 10, aa2 second", 0, missing), (Texts(cut), named.Count, Missing));

        foreach (var row in rows)
            await PutBackAsync(row);
        await TakeAsync();
        Assert.Equal("", Missing);
    }

    [Fact]
    public async Task A_row_deleted_while_this_instance_did_not_run_is_named_and_other_instances_forget_it_once()
    {
        await WriteAsync("a", "first");
        await WriteAsync("b", "kept");
        using var other = new Instance(_tables, _clock);
        Assert.Equal("first", (await other.ReadAsync("a"))?.Text);
        var row = await RowAsync("a");
        await DeleteAsync(row.PartitionKey, row.RowKey);
        using var late = new Instance(_tables, _clock);
        Assert.Null(await late.ReadAsync("a"));

        var (cut, named) = await TakeAsync(Reader(late));
        Assert.Equal(("b1 kept", "memos/a True"), (Texts(cut), string.Join(", ", named.Select(each => $"{each.Type}/{each.Id} {each.IsGone}"))));
        Assert.Null(await other.ReadAsync("a"));
        var reloads = await ReloadsAsync();
        Assert.Equal(1, reloads);

        // The next night knows that it was told: the alert stays, and nobody reads everything anew each night.
        Assert.Equal(named, (await TakeAsync(Reader(late), named)).Named);
        Assert.Equal(reloads, await ReloadsAsync());
    }

    /// <summary>Of a long history a part is looked at each day; what was found missing is looked at every day.</summary>
    [Fact]
    public async Task A_long_history_is_gone_through_in_eight_days_and_what_is_missing_is_told_each_day_until_it_is_back()
    {
        const int Back = 12;
        foreach (var id in new[] { "a", "b", "a", "c" })
            await WriteAsync(id, "text");
        var (version, current) = (await RowAsync(RecordKeys.History("a", 1), "a"), await RowAsync("c"));
        await DeleteAsync(version.PartitionKey, version.RowKey);
        await DeleteAsync(current.PartitionKey, current.RowKey);
        // It never held the record of which only history is left.
        using var late = new Instance(_tables, _clock);
        var (reader, days) = (Reader(late, historyAtOnce: 0), new List<(string Missing, string Named)>());
        IReadOnlyList<Quarantined> told = [];
        for (var day = 0; day < 16; day++)
        {
            if (day == Back)
            {
                await PutBackAsync(version);
                await PutBackAsync(current);
                await late.Feed.AppendReloadAsync("tests", Token);
            }

            told = (await TakeAsync(reader, told)).Named;
            days.Add((Missing, string.Join(' ', told.Select(each => each.Id))));
            _clock.Advance(TimeSpan.FromDays(1));
        }

        Held([.. days.Select(day => day.Missing)], "memos/a 1");
        Held([.. days.Select(day => day.Named)], "c");

        static void Held(List<string> days, string what)
        {
            var first = days.IndexOf(what);
            Assert.InRange(first, 0, 7);
            Assert.Equal([.. Enumerable.Repeat("", first), .. Enumerable.Repeat(what, Back - first), .. Enumerable.Repeat("", 16 - Back)], days);
        }
    }

    [Fact]
    public async Task A_loss_of_many_rows_keeps_the_snapshot_from_being_published()
    {
        for (var i = 0; i <= 100; i++)
            await WriteAsync($"m{i}", "text");
        await _instance.Replica.ReadAsync(Token);
        for (var i = 0; i <= 100; i++)
            await DeleteAsync(RecordKeys.Partition($"m{i}"), RecordKeys.Current($"m{i}"));
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => TakeAsync());
        Assert.StartsWith("Rows gone from their tables: 101, among them memos/m", fault.Message, StringComparison.Ordinal);
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
            await PutBackAsync(row);
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

    public void Dispose() => _instance.Dispose();

    private static string Texts(PointInTimeRead cut) =>
        string.Join(", ", cut.Registry.Of(NoteRecord.Type).Live.Select(memo => $"{memo.Id}{memo.Version} {memo.Text}"));

    private PointInTimeReader Reader(Instance instance, int historyAtOnce = HistoryCheck.MaxAtOnce) => new(
        new RegistryScan(_tables, NoteRecord.Types, historyAtOnce), instance.Feed, instance.Replica.ReadAsync,
        new PastRecords(_tables, NoteRecord.Types, instance.Quarantine),
        _clock, SnapshotOptions.Default with { Settle = TimeSpan.Zero }, NullLogger<PointInTimeReader>.Instance);

    /// <summary>As a run does it: what does not agree is taken anew, once.</summary>
    private async Task<(PointInTimeRead PointInTimeRead, IReadOnlyList<Quarantined> Named)> TakeAsync(PointInTimeReader? reader = null,
        IReadOnlyList<Quarantined>? told = null)
    {
        reader ??= _cut;
        _clock.Advance(TimeSpan.FromMinutes(1));
        var first = await reader.TakeAsync(Token);
        var consistency = await reader.AgreeAsync(first, told ?? [], _incomplete, Token);
        Tell(consistency);
        if (consistency.Discord is null)
            return (first, consistency.Quarantined);
        var second = await reader.TakeAsync(Token);
        var gone = consistency.Quarantined.Where(row => row.IsGone).ToList();
        var again = await reader.AgreeAsync(second, gone, _incomplete, Token);
        Assert.Null(again.Discord);
        Tell(again);
        return (second, [.. gone.Concat(again.Quarantined).Distinct()]);
    }

    private void Tell(ConsistencyCheck check)
    {
        _incomplete = check.Missing.First;
        Missing = string.Join("; ", check.Missing.First.Select(each => $"{each.Type}/{each.Id} {each.Versions}"));
        Assert.Equal(check.Missing.Records, check.Missing.First.Count);
    }

    private async Task<int> ReloadsAsync()
    {
        var reloads = 0;
        await foreach (var page in _tables.QueryAsync(ChangeFeed.Table, TableRange.All, null, Token))
            reloads += page.Count(row => row.Text("Type") == "*");
        return reloads;
    }

    private async Task<TableRow> RowAsync(string id) => await RowAsync(RecordKeys.Current(id), id);

    private async Task<TableRow> RowAsync(string key, string id) =>
        (await _tables.GetAsync(NoteRecord.Type.Table, RecordKeys.Partition(id), key, Token))!;

    private Task<TableSubmit> PutBackAsync(TableRow row) =>
        _tables.SubmitAsync(NoteRecord.Type.Table, [TableOperation.Insert(row with { ETag = null })], Token);

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
