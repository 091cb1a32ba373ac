using FriendCity.Http;

namespace FriendCity.Tests.Unit.Http;

/// <summary>Prefer as its grammar says (RFC 7240), without a server.</summary>
public sealed class PreferTests
{
    [Theory]
    [InlineData("stale-ok", "stale-ok", "")]
    [InlineData("STALE-OK", "stale-ok", "")]
    [InlineData("foo, stale-ok", "stale-ok", "")]
    [InlineData("foo=\"stale-ok\"", "stale-ok", null)]
    [InlineData("foo=\"a, stale-ok, b\"", "stale-ok", null)]
    [InlineData("foo=\"a\\\", stale-ok\"", "stale-ok", null)]
    [InlineData("foo; stale-ok", "stale-ok", null)]
    [InlineData("maxpagesize=2", "maxpagesize", "2")]
    [InlineData("maxpagesize = 2", "maxpagesize", "2")]
    [InlineData("maxpagesize=\"2\"", "maxpagesize", "2")]
    [InlineData("maxpagesize=2, maxpagesize=3", "maxpagesize", "2")]
    [InlineData("foo=\"a, maxpagesize=2, b\"", "maxpagesize", null)]
    [InlineData("respond-async; wait=10, maxpagesize=2; x=\"y,z\"", "maxpagesize", "2")]
    [InlineData(", ,maxpagesize=2,", "maxpagesize", "2")]
    [InlineData("a b, maxpagesize=2", "maxpagesize", "2")]
    [InlineData("maxpagesize=2 3", "maxpagesize", null)]
    [InlineData("\"maxpagesize=2\"", "maxpagesize", null)]
    public void A_preference_is_what_RFC_7240_says(string header, string name, string? value)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["Prefer"] = header;
        Assert.Equal(value, Prefer.Find(request, name));
    }

    [Theory]
    [InlineData("stale-ok; max-age=5", "5")]
    [InlineData("stale-ok;max-age = \"5\";x=y", "5")]
    [InlineData("stale-ok; x=\"max-age=9\"; MAX-AGE=5", "5")]
    [InlineData("foo; max-age=9, stale-ok; max-age=5", "5")]
    [InlineData("stale-ok; max-age", "")]
    [InlineData("stale-ok", null)]
    [InlineData("foo; max-age=5", null)]
    public void A_preference_has_parameters_of_its_own(string header, string? value)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["Prefer"] = header;
        Assert.Equal(value, Prefer.Parameter(request, "stale-ok", "max-age"));
    }

    [Theory]
    [InlineData(new[] { "a, b=1; c, \"d\"" }, "a b")]
    [InlineData(new[] { "a", "b" }, "a b")] // a list may come in several lines
    [InlineData(new[] { ", ," }, "")]
    [InlineData(new[] { "a, a=2" }, "a a")]
    [InlineData(new string[0], "")]
    public void Every_preference_that_is_stated_has_its_name(string[] lines, string names)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["Prefer"] = lines;
        Assert.Equal(names, string.Join(' ', Prefer.Names(request)));
    }

    [Theory]
    [InlineData("a=\"x\\\"y\\\\\"", "x\"y\\")]
    [InlineData("a=\"\"", "")]
    [InlineData("a=\"", null)]
    public void A_value_in_quotes_is_read_without_them(string header, string? value)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["Prefer"] = header;
        Assert.Equal(value, Prefer.Find(request, "a"));
    }
}
