using FriendCity.Records;
using FriendCity.Records.Query;
using FriendCity.RecordsApi.Lists;
using FriendCity.Tests.Support;
using Record = FriendCity.Records.Record;

namespace FriendCity.Tests.Integration.Records.Query;

public sealed class PagingTests
{
    private static readonly CursorSigner Cursors = new(new byte[32], "me", TimeProvider.System);

    private static readonly string[] Texts = ["a", "b", "|", "~1", "a|b", "青岛", "it's", "=", "%"];

    [Theory]
    [InlineData("count,text desc", 1)]
    [InlineData("count desc", 2)]
    [InlineData("text, count desc", 3)]
    [InlineData("share desc,id desc", 4)]
    [InlineData("changedAt,version desc", 5)]
    [InlineData("actor", 6)]
    [InlineData("about", 7)]
    [InlineData(null, 8)]
    public void Who_pages_while_others_write_sees_each_unchanged_record_exactly_once(string? order, int seed)
    {
        var random = new Random(seed);
        var set = NoteRecord.Type.EmptySet.With([.. Enumerable.Range(0, 200).Select(i => Next(random, $"m{random.Next(1_000_000):D6}"))]);
        var query = new QueryText("memos", "count ne 3", order, null, null);
        var compiled = NoteRecord.Type.Query(query);
        var unchanged = All(set).Cast<NoteRecord>().Where(memo => memo.Count != 3).Select(memo => memo.Id).ToHashSet();
        var (seen, pages) = (new List<string>(), 0);
        IReadOnlyList<string?>? after = null;
        do
        {
            var page = compiled.Run(set, after, 7, count: random.Next(2) == 0)!;
            Assert.True(page.Next is null || page.Records.Count == 7);
            seen.AddRange(page.Records.Select(record => record.Id));
            after = page.Next is null ? null : Cursors.Read(Cursors.After(query.Whole, page.Next), query.Whole);
            var last = seen[^1];
            var touched = All(set).Where(_ => random.Next(40) == 0).Append(set.Find(last)!).ToList();
            unchanged.ExceptWith(touched.Select(memo => memo.Id));
            set = set.With([.. touched.Select(memo => Next(random, memo.Id, memo.Version + 1)), .. Enumerable.Range(0, 5)
                .Select(_ => Next(random, $"n{random.Next(1_000_000):D6}"))]);
            pages++;
        }
        while (after is not null && pages < 200);

        Assert.True(unchanged.Count > 20 && pages > 10);
        Assert.All(unchanged, id => Assert.Single(seen, each => each == id));
    }

    [Fact]
    public void Null_comes_first_and_last_when_descending_and_ids_settle_ties()
    {
        var set = NoteRecord.Type.EmptySet.With([Counted("d", 2), Counted("c", null), Counted("b", 1), Counted("a", 2), Counted("e", null)]);
        Assert.Equal(["c", "e", "b", "a", "d"], Ids(set, "count"));
        Assert.Equal(["c", "e", "b", "a", "d"], Ids(set, "count asc"));
        Assert.Equal(["a", "d", "b", "c", "e"], Ids(set, "count desc"));
        Assert.Equal(["d", "a", "b", "e", "c"], Ids(set, "count desc,id desc"));
        Assert.Equal(["d", "a"], Ids(set, "count desc,id desc", top: 2));
    }

    [Fact]
    public void A_cursor_is_good_for_its_own_query_only()
    {
        var query = new QueryText("memos", "a", "b", "c", "d");
        var cursor = Cursors.After(query.Whole, ["1|~", null, "x"]);
        Assert.Equal(["1|~", null, "x"], Cursors.Read(cursor, query.Whole)!);
        foreach (var other in new[] { query with { Type = "memo" }, query with { Filter = "A" }, query with { OrderBy = null },
            query with { Select = "" }, query with { Search = "e" }, query with { Filter = null, Search = "a" } })
            Assert.Null(Cursors.Read(cursor, other.Whole));
    }

    [Fact]
    public void A_cursor_is_good_for_its_own_caller_and_key_and_for_thirty_days()
    {
        var clock = new FakeClock(DateTimeOffset.UnixEpoch.AddYears(54));
        var cursors = new CursorSigner(new byte[32], "me", clock);
        var cursor = cursors.After("q", ["x"]);
        Assert.Null(new CursorSigner(new byte[32], "you", clock).Read(cursor, "q"));
        Assert.Null(new CursorSigner([.. new byte[31], 1], "me", clock).Read(cursor, "q"));
        Assert.All(Enumerable.Range(0, cursor.Length),
            i => Assert.Null(cursors.Read(cursor[..i] + (cursor[i] == 'A' ? 'B' : 'A') + cursor[(i + 1)..], "q")));
        clock.Advance(TimeSpan.FromDays(30));
        Assert.NotNull(cursors.Read(cursor, "q"));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(cursors.Read(cursor, "q"));
    }

    [Fact]
    public void A_count_is_of_all_pages()
    {
        var set = NoteRecord.Type.EmptySet.With([Counted("a", 1), Counted("b", 1), Counted("c", 2), Counted("d", 1)]);
        var query = Query("count eq 1", null);
        var page = query.Run(set, null, 1, true)!;
        Assert.Equal((3L, 1), (page.Count, page.Records.Count));
        Assert.Equal((3L, "b"), (query.Run(set, page.Next, 1, true)!.Count, query.Run(set, page.Next, 1, true)!.Records[0].Id));
        Assert.Null(query.Run(set, null, 1, false)!.Count);
    }

    [Fact]
    public void Queries_are_compiled_once_until_others_push_them_out()
    {
        var cache = new QueryCache(2);
        ListQuery Get(string filter) => cache.Get(NoteRecord.Type, new("memos", filter, null, null, null));
        var first = Get("count eq 1");
        Get("count eq 2");
        Assert.Same(first, Get("count eq 1"));
        Get("count eq 3");
        Assert.Same(first, Get("count eq 1"));
        Get("count eq 4");
        Get("count eq 5");
        Assert.NotSame(first, Get("count eq 1"));
    }

    private static NoteRecord Next(Random random, string id, long version = 1)
    {
        var memo = NoteRecord.Of(Texts[random.Next(Texts.Length)], random.Next(4) == 0 ? null : random.Next(6));
        (memo.Id, memo.Version, memo.Actor) = (id, version, Texts[random.Next(Texts.Length)]);
        memo.ChangedAt = DateTimeOffset.UnixEpoch.AddTicks(random.Next(50_000));
        memo.Deleted = version > 1 && random.Next(2) == 0;
        return memo;
    }

    private static NoteRecord Counted(string id, long? count)
    {
        var memo = NoteRecord.Of("x", count);
        (memo.Id, memo.Version) = (id, 1);
        return memo;
    }

    private static ListQuery Query(string? filter, string? order) => NoteRecord.Type.Query(new("memos", filter, order, null, null));

    private static IEnumerable<string> Ids(RecordSet set, string order, int top = 10) =>
        Query(null, order).Run(set, null, top, false)!.Records.Select(record => record.Id);

    private static IEnumerable<Record> All(RecordSet set) => Enumerable.Range(0, set.Count).Select(i => set[i]).Where(record => !record.Deleted);
}
