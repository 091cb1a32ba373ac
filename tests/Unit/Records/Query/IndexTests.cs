using FriendCity.Records;
using FriendCity.Records.Query;
using FriendCity.Records.Query.Filters;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Records.Query;

public sealed class IndexTests
{
    private static readonly string?[] Filters =
    [
        null, "about eq 'a1'", "about in ('a1',null,'a3','a1')", "about eq null", "about ne 'a2'", "day ge 2024-01-05",
        "day gt 2024-01-05 and day le 2024-01-20",
        "day lt 2024-01-09", "day eq null", "state eq 'open' and day ge 2024-01-10 and about eq 'a2'",
        "(state eq 'open' or state eq 'lost') and day gt 2024-01-02",
        "not (state eq 'shut')", "count eq 3 and state eq 'lost'", "about eq 'nobody'", "day ge null", "about eq 'a1' and about eq 'a2'",
    ];

    private static readonly string?[] Orders = [null, "day", "day desc", "state,day desc", "state desc,count", "about desc,text", "count desc",
        "id desc", "day,id desc"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Lists_by_index_equal_a_plain_look_at_every_record(int seed)
    {
        var random = new Random(seed);
        var naive = new Dictionary<string, NoteRecord>();
        RecordSet set = RecordSet<NoteRecord>.Empty;
        for (var round = 0; round < 12; round++)
        {
            var changes = Enumerable.Range(0, round == 0 ? 1800 : random.Next(1, 300)).Select(_ => Next(random, naive)).ToList();
            set = set.With(changes);
            Assert.Equal(naive.Count, set.Count);
            foreach (var _ in Enumerable.Range(0, 25))
                Compare(set, naive.Values, Filters[random.Next(Filters.Length)], Orders[random.Next(Orders.Length)], random);
        }
    }

    [Fact]
    public void An_index_is_carried_from_set_to_set_and_leaves_deleted_records_out()
    {
        var state = NoteRecord.Type.Schema.Find("state")!.FieldAccessor;
        var set = (RecordSet<NoteRecord>)RecordSet<NoteRecord>.Empty.With([Of("a", 1, "shut"), Of("b", 1, "open")]);
        Assert.Equal(["b", "a"], set.Index(state).Between(0, 2).SelectMany(piece => piece).Select(memo => memo.Id));
        var later = (RecordSet<NoteRecord>)set.With([Of("a", 2, "open"), Of("b", 2, "open", deleted: true)]);
        Assert.Equal(["a"], later.Index(state).Between(0, 1).SelectMany(piece => piece).Select(memo => memo.Id));
        Assert.Equal((1, 2), (later.Deleted, later.Count));
        Assert.Equal(2, set.Index(state).Count);
    }

    private static void Compare(RecordSet set, IEnumerable<NoteRecord> naive, string? filter, string? order, Random random)
    {
        var text = new QueryText("memos", filter, order, null, null);
        Func<NoteRecord, bool> holds = filter is null ? _ =>
            true : FilterCompiler.Compile<NoteRecord>(FilterParser.Parse(filter), name => SystemFields.Find(NoteRecord.Type.Schema, name));
        var expected = naive.Where(memo => !memo.Deleted && holds(memo)).Order(new ListOrder<NoteRecord>(NoteRecord.Type.Schema, order))
            .Select(memo => memo.Id)
            .ToList();
        var query = NoteRecord.Type.Query(text);
        var top = random.Next(1, 60);
        IReadOnlyList<string?>? after = null;
        for (var skip = 0; skip < 6 * top; skip += top)
        {
            var count = random.Next(3) == 0;
            var page = query.Run(set, after, top, count)!;
            Assert.True(expected.Skip(skip).Take(top).SequenceEqual(page.Records.Select(record => record.Id)), $"{filter} | {order} | {skip}+{top}");
            Assert.Equal(count ? expected.Count : null, page.Count);
            Assert.Equal(expected.Count > skip + top, page.Next is not null);
            if ((after = page.Next) is null)
                return;
        }
    }

    private static NoteRecord Next(Random random, Dictionary<string, NoteRecord> known)
    {
        var id = $"m{random.Next(3000):D4}";
        var memo = Of(id, (known.GetValueOrDefault(id)?.Version ?? 0) + 1, random.Next(3) switch { 0 => "open", 1 => "shut", _ => "lost" },
            deleted: random.Next(10) == 0);
        memo.About = random.Next(5) == 0 ? null : $"a{random.Next(1, 5)}";
        memo.Day = random.Next(8) == 0 ? null : new DateOnly(2024, 1, 1).AddDays(random.Next(30));
        known[id] = memo;
        return memo;
    }

    private static NoteRecord Of(string id, long version, string state, bool deleted = false)
    {
        var memo = NoteRecord.Of(state, id.Length % 7 + version);
        (memo.Id, memo.Version, memo.State, memo.Deleted) = (id, version, state, deleted);
        return memo;
    }
}
