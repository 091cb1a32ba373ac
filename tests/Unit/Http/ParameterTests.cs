using System.Globalization;
using FriendCity.Http;
using FriendCity.RecordsApi;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Http;

/// <summary>Query parameters at their bounds, without a server.</summary>
public sealed class ParameterTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("?$top=1", null)]
    [InlineData("?code=x", null)]
    [InlineData("?code=x&code=y", null)] // whose key it is is another's question
    [InlineData("?$top=1&other=2", "other: this address takes $top, cursor.")]
    [InlineData("?$top=1&$top=1", "$top: give it once.")]
    [InlineData("?TOP=1", "TOP: this address takes $top, cursor.")]
    public void A_name_is_one_that_the_address_takes_and_stands_once(string query, string? refused) =>
        Assert.Equal(refused, Refusal.Of(() => Parameters.Check(Request(query), "$top", "cursor"))?.Detail!.En);

    [Fact]
    public void An_address_without_parameters_says_so()
    {
        var refused = Refusal.Of(() => Parameters.Check(Request("?x=1")))!;
        Assert.Equal(("x: this address takes no parameters.", "x：该地址不接受参数。"), (refused.Detail!.En, refused.Detail.Zh));
        Assert.Equal("x：该地址接受的参数：a、b。", Refusal.Of(() => Parameters.Check(Request("?x=1"), "a", "b"))!.Detail!.Zh);
    }

    /// <summary>As many characters as its next page's address has room for: the name, "=" and "&amp;", and each value as it is escaped.</summary>
    [Theory]
    [InlineData("f", 6 * 1024, true)]
    [InlineData("f", (6 * 1024) + 1, false)]
    [InlineData("%E5%8F%8B", 6 * 1024, true)]
    [InlineData("%E5%8F%8B", (6 * 1024) + 9, false)]
    public void A_question_is_as_long_as_a_link_can_repeat(string letter, int characters, bool taken)
    {
        var head = "$f=".Length + 1;
        var letters = (characters - head) / letter.Length;
        var query = $"?$f={string.Concat(Enumerable.Repeat(letter, letters))}{new string('a', characters - head - (letters * letter.Length))}";
        Assert.Equal(taken, Refusal.Of(() => Parameters.Check(Request(query), "$f")) is null);
        // Where a page begins and who asks are no part of the question.
        var place = new string('x', 1500);
        Assert.Equal(taken, Refusal.Of(() =>
            Parameters.Check(Request($"{query}&cursor={place}&$skiptoken={place}&code=fc_x"), "$f", "cursor", "$skiptoken")) is null);
    }

    [Theory]
    [InlineData("", 100, true)]
    [InlineData("?$top=", 100, true)]
    [InlineData("?$top=1", 1, true)]
    [InlineData("?$top=1000", 1000, true)]
    [InlineData("?$top=0", 100, false)]
    [InlineData("?$top=1001", 100, false)]
    [InlineData("?$top=-1", 100, false)]
    [InlineData("?$top=+1", 100, false)]
    [InlineData("?$top=1.0", 100, false)]
    [InlineData("?$top=99999999999", 100, false)]
    public void A_number_lies_between_its_bounds(string query, int value, bool taken)
    {
        int? read = null;
        var problem = Refusal.Of(() => read = Parameters.Integer(Request(query), "$top", 100, 1, 1000));
        Assert.Equal((value, taken ? null : "$top: a whole number from 1 to 1000."), (read ?? 100, problem?.Detail!.En));
    }

    [Theory]
    [InlineData("", "csv", true)]
    [InlineData("?format=", "csv", true)]
    [InlineData("?format=xlsx", "xlsx", true)]
    [InlineData("?format=CSV", null, false)]
    [InlineData("?format=pdf", null, false)]
    public void A_word_is_one_of_those_offered_and_the_first_where_none_is_given(string query, string? word, bool taken)
    {
        string? read = null;
        var problem = Refusal.Of(() => read = Parameters.Choice(Request(query), "format", "csv", "xlsx"));
        Assert.Equal((word, taken ? null : "format: csv or xlsx."), (read, problem?.Detail!.En));
    }

    [Theory]
    [InlineData("?knownAt=2024-01-31T08:00:00Z", "2024-01-31T08:00:00Z", true)]
    [InlineData("?knownAt=2024-01-31T08:00:00.0009999Z", "2024-01-31T08:00:00Z", true)]
    [InlineData("?knownAt=2024-01-31T08:00:00%2B08:00", "2024-01-31T00:00:00Z", true)]
    [InlineData("", null, true)]
    [InlineData("?knownAt=yesterday", null, false)]
    [InlineData("?knownAt=2024-01-31", null, false)]
    public void An_instant_is_read_to_the_millisecond(string query, string? instant, bool taken)
    {
        DateTimeOffset? knownAt = null;
        var problem = Refusal.Of(() => knownAt = KnownAt.Read(Request(query)));
        Assert.Equal(taken, problem is null);
        DateTimeOffset? expected = instant is null ? null : DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
        Assert.Equal(expected?.ToUnixTimeMilliseconds(), knownAt?.ToUnixTimeMilliseconds());
    }

    private static HttpRequest Request(string query) => new DefaultHttpContext { Request = { QueryString = new QueryString(query) } }.Request;
}
