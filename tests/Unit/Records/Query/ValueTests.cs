using System.Text;
using System.Text.Json;
using FriendCity.Records.Query;
using FriendCity.Records.Query.Filters;
using FriendCity.Registry;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Records.Query;

/// <summary>What is made of values before they are compared, and which of them a list shows.</summary>
public sealed class ValueTests
{
    private static readonly TextPosition Here = new(1);

    /// <summary>A function of a field, and what it makes of " Ab " on 2024-03-05, changed on 2026-07-09 at 01:00 in +08:00.</summary>
    [Theory]
    [InlineData("text", "ToLower", "' ab '")]
    [InlineData("text", "ToUpper", "' AB '")]
    [InlineData("text", "Trim", "'Ab'")]
    [InlineData("text", "Length", "4")]
    [InlineData("text", "Length Trim", "2")]
    [InlineData("text", "ToLower Trim", "'ab'")]
    [InlineData("day", "Year", "2024")]
    [InlineData("day", "Month", "3")]
    [InlineData("day", "Day", "5")]
    [InlineData("changedAt", "Year", "2026")]
    [InlineData("changedAt", "Month", "7")]
    [InlineData("changedAt", "Day", "8")] // by UTC
    public void A_function_is_of_the_value_as_it_is_held(string field, string functions, string literal)
    {
        var memo = NoteRecord.Of("m", 1, " Ab ");
        (memo.Day, memo.ChangedAt) = (new DateOnly(2024, 3, 5), new DateTimeOffset(2026, 7, 9, 1, 0, 0, TimeSpan.FromHours(8)));
        Assert.True(Holds(memo, field, functions, literal));
        Assert.False(Holds(NoteRecord.Of("n", 1, "other"), field, functions, literal));
    }

    [Theory]
    [InlineData("about", "ToLower")]
    [InlineData("about", "ToUpper")]
    [InlineData("about", "Trim")]
    [InlineData("about", "Length")]
    [InlineData("day", "Year")]
    [InlineData("day", "Month")]
    [InlineData("day", "Day")]
    public void A_function_of_nothing_is_nothing(string field, string function) =>
        Assert.True(Holds(NoteRecord.Of("m", 1, "x"), field, function, "null"));

    [Theory]
    [InlineData("count", "Length", "a value that has a length")]
    [InlineData("text", "Year", "a value that has a year")]
    [InlineData("day", "Trim", "a value that has a trim")]
    [InlineData("day", "Day Year", "a value that has a day")]
    public void A_function_of_another_kind_of_value_is_refused(string field, string functions, string expected)
    {
        var fault = Assert.Throws<QueryException>(() => Holds(NoteRecord.Of("m", 1, "x"), field, functions, "1"));
        Assert.Equal(("$filter", 1, expected), (fault.Parameter, fault.At, fault.Expected.En));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("text", "text | id")]
    [InlineData("day, text", "text day | id")]
    [InlineData("id", " | id")]
    [InlineData("version,actor", " | id version actor")]
    [InlineData("changedAt,tags", "tags | id changedAt")]
    public void A_list_shows_what_was_selected_and_always_the_id(string? select, string? shown)
    {
        var query = NoteRecord.Type.Query(new("memos", null, null, select, null));
        Assert.Equal(select is null, query.Whole);
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            query.WriteFields(writer, NoteRecord.Of("m", 1, "x"));
            writer.WriteEndObject();
        }

        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(buffer.ToArray()));
        var fields = json.RootElement.EnumerateObject().Select(member => member.Name);
        shown ??= $"{string.Join(' ', NoteRecord.Type.Schema.Fields.Select(field => field.Name))} | id version changedAt actor";
        Assert.Equal(shown, $"{string.Join(' ', fields)} | {string.Join(' ', new[] { "id", "version", "changedAt", "actor" }.Where(query.Shows))}");
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(201, false)]
    public void A_search_has_up_to_200_characters(int length, bool taken)
    {
        var fault = Xunit.Record.Exception(() => City.Type.Query(new("cities", null, null, null, new string('a', length))));
        Assert.Equal(taken, fault is null);
    }

    [Fact]
    public void Every_word_of_a_search_stands_in_some_name()
    {
        var registry = Rows.TwoCountries().Registry;
        IEnumerable<string> Found(string search) =>
            City.Type.Query(new("cities", null, null, null, search)).Run(registry.Of(City.Type), null, 10, true)!.Records.Select(city => city.Id);
        Assert.Equal(["A1"], Found("a one"));
        Assert.Equal(["A1"], Found("ONE 甲"));
        Assert.Equal(["A1", "B1"], Found("one"));
        Assert.Empty(Found("one two"));
        Assert.Empty(Found("one home"));
    }

    [Theory]
    [InlineData("count", "2", 2)]
    [InlineData("count", null, 2)]
    [InlineData("count", "x", 2)] // no number: no place in this order
    [InlineData("count", "2", 3)]
    [InlineData("count,text", "2", 2)]
    public void A_place_is_one_of_this_order(string order, string? value, int values)
    {
        var set = NoteRecord.Type.EmptySet.With([NoteRecord.Of("a", 1, 0.5), NoteRecord.Of("b", 2, 0.5), NoteRecord.Of("c", 3, 0.5)]);
        var page = NoteRecord.Type.Query(new("memos", null, order, null, null)).Run(set, [value, .. Enumerable.Repeat("b", values - 1)], 10, false);
        var good = (value is null or "2") && values == 1 + order.Split(',').Length;
        Assert.Equal(good, page is not null);
        if (good)
            Assert.Equal(value is null ? ["a", "b", "c"] : ["c"], page!.Records.Select(record => record.Id));
    }

    [Fact]
    public void A_page_ends_where_the_records_do()
    {
        var set = NoteRecord.Type.EmptySet.With([NoteRecord.Of("a", 1, 0.5), NoteRecord.Of("b", 2, 0.5)]);
        var query = NoteRecord.Type.Query(new("memos", null, null, null, null));
        Assert.Null(query.Run(set, null, 2, false)!.Next);
        Assert.Equal(["a"], query.Run(set, null, 1, false)!.Next!);
        Assert.Equal(["2", "b"], NoteRecord.Type.Query(new("memos", null, "count desc", null, null)).Run(set, null, 1, false)!.Next!);
    }

    private static bool Holds(NoteRecord memo, string field, string functions, string literal)
    {
        Call? call = null;
        foreach (var name in functions.Split(' ').Reverse())
            call = new Call(Enum.Parse<ValueFunction>(name), call);
        var token = new FilterLexer(literal).Next();
        var filter = new Filter.Compare(new Subject(field, Here, call), Operator.Eq, new Literal(token.Literal, token.Text, Here));
        return FilterCompiler.Compile<NoteRecord>(filter, name => SystemFields.Find(NoteRecord.Type.Schema, name))(memo);
    }
}
