using System.Text;
using FriendCity.Records;
using FriendCity.Records.Query.Filters;
using FriendCity.Records.Schemas;
using FriendCity.Registry;
using FriendCity.Serialization;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;
using Record = FriendCity.Records.Record;

namespace FriendCity.Tests.Unit.Records.Query;

public sealed class FilterPropertyTests
{
    private static readonly string[] Hostile =
    [
        "'", "''", "' or 1 eq 1", "' or text ne '", ") or (", "')", "null", " eq ", "not", "/any(", "x:x", ",", "%27", "\\", "\\'", "\"", "--", ";",
        "\0", "\n", "\t", "’", "＇", "青岛", "上合", "𠮷", "\ud800", "\udc00", "é", "e\u0301", "\u202e", "a", "1",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_filter_printed_and_parsed_is_the_same_tree_and_finds_what_it_means(int seed)
    {
        var registry = await SampleRegistry.LoadAsync();
        var random = new Random(seed);
        var found = Check(Project.Type, registry, random) + Check(Relationship.Type, registry, random) + Check(City.Type, registry, random,
            "otherChineseTies");
        Assert.True(found > 100, $"Only {found} filters tell records apart: the test has no teeth.");
    }

    /// <summary>How many of the filters matched some records and not others.</summary>
    private static int Check<T>(RecordType<T> type, RegistrySnapshot registry, Random random, string? not = null)
        where T : Record
    {
        var set = registry.Of(type);
        var records = Enumerable.Range(0, set.Count).Select(i => (JObject)Json.Parse(Json.Text(writer => RecordJson.Write(writer, type, set[i]))))
            .ToList();
        var fields = RandomFilter.Fields(type.Schema).Where(field => field.Name != not).Append(("id", "text")).Append(("version", "integer"))
            .ToList();
        var (filters, telling) = (new RandomFilter(random, fields, records), 0);
        for (var i = 0; i < 300; i++)
        {
            var tree = filters.Next(random.Next(5));
            var text = FilterText.Print(tree);
            if (text.Length > FilterParser.MaxLength)
                continue;
            Assert.Equal(tree, FilterParser.Parse(text));
            var expected = records.Where(record => NaiveFilter.Holds(tree, record)).Select(record => (string)record["id"]!).ToList();
            Assert.True(expected.SequenceEqual(Ids(type, set, text)), text);
            telling += expected.Count > 0 && expected.Count < records.Count ? 1 : 0;
        }

        return telling;
    }

    [Fact]
    public void Ten_thousand_hostile_strings_never_widen_a_result()
    {
        var random = new Random(20240325);
        var strings = Enumerable.Range(0, 10_000).Select(_ => Next(random)).ToList();
        var memos = strings.Take(200).Select((text, i) => NoteRecord.Of($"m{i:D3}", 1, text)).ToList();
        var set = NoteRecord.Type.EmptySet.With(memos);
        foreach (var text in strings)
        {
            var literal = FilterText.Quote(text);
            Assert.Equal(memos.Where(memo => memo.Text == text).Select(memo => memo.Id), Ids(NoteRecord.Type, set, $"text eq {literal}"));
            Assert.Equal(memos.Where(memo => memo.Text == text && memo.Id == "m007").Select(memo => memo.Id),
                Ids(NoteRecord.Type, set, $"id eq 'm007' and text in ('x',{literal})"));
            Assert.Equal(memos.Where(memo => memo.Text.Contains(text, StringComparison.Ordinal)).Select(memo => memo.Id),
                Ids(NoteRecord.Type, set, $"contains(text,{literal})"));
        }
    }

    private static string Next(Random random)
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 7); i > 0; i--)
            text.Append(random.Next(4) == 0 ? ((char)random.Next(1, 0x3000)).ToString() : Hostile[random.Next(Hostile.Length)]);
        return text.ToString();
    }

    private static IEnumerable<string> Ids<T>(RecordType<T> type, RecordSet set, string filter)
        where T : Record => type.Query(new(type.Name, filter, null, null, null)).Run(set, null, 10_000, false)!.Records.Select(record => record.Id);
}
