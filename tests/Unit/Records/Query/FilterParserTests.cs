using FriendCity.Records.Query.Filters;
using FriendCity.Registry;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Records.Query;

public sealed class FilterParserTests
{
    [Theory]
    [InlineData("", 1, "a field")]
    [InlineData("text", 5, "eq, ne")]
    [InlineData("text is 'a'", 6, "eq, ne")]
    [InlineData("text eq", 8, "a value")]
    [InlineData("text eq a", 9, "a value")]
    [InlineData("text eq 'a", 9, "ends with a quote")]
    [InlineData("text eq 'a''", 9, "ends with a quote")]
    [InlineData("text eq 'a' 'b'", 13, "'and', 'or' or the end")]
    [InlineData("text eq 'a')", 12, "'and', 'or' or the end")]
    [InlineData("text eq 'a' and", 16, "a field")]
    [InlineData("(text eq 'a'", 13, "')'")]
    [InlineData("text eq #", 9, "a name")]
    [InlineData("count eq 1..2", 10, "a number")]
    [InlineData("count eq 1.", 10, "a number")]
    [InlineData("count eq -", 10, "a number")]
    [InlineData("count eq 0x10", 10, "a number")]
    [InlineData("count eq 2024-02-30", 10, "a number")]
    [InlineData("count eq '1'", 10, "a number")]
    [InlineData("count in (1,'1')", 13, "a number")]
    [InlineData("count in ()", 11, "a value")]
    [InlineData("count in 1", 10, "'('")]
    [InlineData("share eq 1e", 10, "a number")]
    [InlineData("text eq 5", 9, "text in single quotes")]
    [InlineData("about eq true", 10, "text in single quotes")]
    [InlineData("changedAt ge 2024-01-01", 14, "an instant")]
    [InlineData("contains(count,'1')", 10, "a field of text")]
    [InlineData("contains(text,1)", 15, "text in single quotes")]
    [InlineData("contains(text 'a')", 15, "','")]
    [InlineData("length(text) eq 1", 1, "there is no function 'length'")]
    [InlineData("none eq 1", 1, "there is no 'none'")]
    [InlineData("text eq 'a' or Text eq 'b'", 16, "there is no 'Text'")]
    [InlineData("operationId eq 'a'", 1, "there is no 'operationId'")]
    [InlineData("tags eq 'a'", 1, "a list is asked by any")]
    [InlineData("text/any(x:x eq 'a')", 6, "a list before any")]
    [InlineData("tags/any(x:y eq 'a')", 12, "'x', the variable")]
    [InlineData("tags/any(x:x/stage eq 'a')", 14, "there is no 'stage'")]
    [InlineData("tags/any(x eq 'a')", 12, "':'")]
    [InlineData("tags/all(x:x eq 'a')", 6, "any; a field")]
    [InlineData("1 eq 1", 1, "a field")]
    [InlineData("text eq text", 9, "a value")]
    public void A_filter_that_cannot_be_read_is_refused_at_its_place(string filter, int at, string expected)
    {
        var fault = Refused(filter);
        Assert.Equal(("$filter", at), (fault.Parameter, fault.At));
        Assert.Contains(expected, fault.Expected.En, StringComparison.Ordinal);
        Assert.NotEqual(fault.Expected.En, fault.Expected.Zh);
    }

    [Theory]
    [InlineData("agreementDate eq '2024-01-31'", 18, "without quotes")]
    [InlineData("servesScoda eq 'true'", 16, "true or false")]
    [InlineData("plannedValue gt '1'", 17, "a number")]
    [InlineData("outcomes/any(o:o eq 'x')", 16, "a field of the entry")]
    public void A_literal_of_another_kind_is_refused(string filter, int at, string expected)
    {
        var fault = Assert.Throws<QueryException>(() => Project.Type.Query(new("projects", filter, null, null, null)));
        Assert.Equal(at, fault.At);
        Assert.Contains(expected, fault.Expected.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_filter_is_as_large_as_the_bounds_and_no_larger()
    {
        static string Deep(int levels) => new string('(', levels - 1) + "count eq 1" + new string(')', levels - 1);
        static string Wide(int tests) => string.Join(" or ", Enumerable.Repeat("count eq 1", tests));
        static string Items(int items) => $"count in ({string.Join(',', Enumerable.Repeat("1", items))})";
        static string Long(int length) => $"text eq '{new string('a', length - 10)}'";
        foreach (var fits in new[] { Deep(32), Wide(100), Items(200), Long(4096) })
            NoteRecord.Type.Query(new("memos", fits, null, null, null));
        Assert.Contains("32 levels", Refused(Deep(33)).Expected.En, StringComparison.Ordinal);
        Assert.Contains("200 conditions", Refused(Wide(101)).Expected.En, StringComparison.Ordinal);
        Assert.Contains("200 values", Refused(Items(201)).Expected.En, StringComparison.Ordinal);
        Assert.Equal(4097, Refused(Long(4097)).At);
    }

    [Theory]
    [InlineData("text eq 'a' or text eq 'b' and count eq 1", "text eq 'a' or (text eq 'b' and count eq 1)")]
    [InlineData("not contains(text,'a') and count eq 1", "(not (contains(text,'a'))) and (count eq 1)")]
    [InlineData("  count   in(1,2 , null)", "count in (1, 2, null)")]
    [InlineData("tags/any(t:t eq 'it''s')", "tags/any( t : t eq 'it''s' )")]
    public void Precedence_and_blanks_mean_what_they_mean_everywhere(string filter, string same) =>
        Assert.Equal(FilterParser.Parse(same), FilterParser.Parse(filter));

    [Theory]
    [InlineData("$orderby", "text,,count", 6)]
    [InlineData("$orderby", "text, none", 7)]
    [InlineData("$orderby", "text up", 1)]
    [InlineData("$orderby", "text asc desc", 1)]
    [InlineData("$orderby", "tags", 1)]
    [InlineData("$orderby", "note", 1)]
    [InlineData("$orderby", "text,count,share,about,version", 24)]
    [InlineData("$select", "text,none", 6)]
    [InlineData("$select", "*", 1)]
    [InlineData("$search", "anything", 1)]
    public void Orders_selections_and_searches_are_refused_at_their_place(string parameter, string text, int at)
    {
        var fault = Assert.Throws<QueryException>(() => NoteRecord.Type.Query(
            new("memos", null, parameter == "$orderby" ? text : null, parameter == "$select" ? text : null, parameter == "$search" ? text : null)));
        Assert.Equal((parameter, at), (fault.Parameter, fault.At));
    }

    private static QueryException Refused(string filter) =>
        Assert.Throws<QueryException>(() => NoteRecord.Type.Query(new("memos", filter, null, null, null)));
}
