using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Messages;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Http;

/// <summary>Which form and which language a caller likes best (RFC 9110 12.4.2, 12.5), without a server.</summary>
public sealed class NegotiationTests
{
    [Theory]
    [InlineData(null, 1.0)]
    [InlineData("", 1.0)]
    [InlineData(";;", 1.0)] // what cannot be read says nothing
    [InlineData("application/json", 1.0)]
    [InlineData("application/json;q=0.3", 0.3)]
    [InlineData("application/json;q=0", 0.0)]
    [InlineData("APPLICATION/JSON;q=0.3", 0.3)]
    [InlineData("application/*;q=0.4", 0.4)]
    [InlineData("APPLICATION/*;q=0.4", 0.4)]
    [InlineData("text/*", 0.0)]
    [InlineData("text/json", 0.0)]
    [InlineData("*/*;q=0.2", 0.2)]
    [InlineData("*/*, application/*;q=0.4, application/json;q=0.1", 0.1)] // the most precise one decides, not the best
    [InlineData("application/json;q=0.1, application/*;q=0.4, */*", 0.1)]
    [InlineData("*/*, application/*;q=0", 0.0)]
    public void The_most_precise_range_that_fits_decides(string? accept, double quality)
    {
        var request = new DefaultHttpContext().Request;
        if (accept is not null)
            request.Headers.Accept = accept;
        Assert.Equal(quality, Negotiation.Quality(request, "application/json"));
        Assert.Equal(quality > 0 ? null : Problems.NotAcceptable, Refusal.Of(() => Negotiation.RequireJson(request))?.Code);
    }

    [Theory]
    [InlineData(null, Language.English)]
    [InlineData("zh", Language.Chinese)]
    [InlineData("ZH-hans-CN", Language.Chinese)]
    [InlineData("zha", Language.English)] // Zhuang is another language
    [InlineData("en, zh", Language.English)]
    [InlineData("zh, en", Language.Chinese)] // of two liked alike the first
    [InlineData("zh;q=0.5, en;q=0.6", Language.English)]
    [InlineData("en;q=0.5, zh;q=0.6", Language.Chinese)]
    [InlineData("zh;q=0.1, zh-CN;q=0.9, en;q=0.5", Language.Chinese)] // the best of several
    [InlineData("en;q=0.1, en-GB;q=0.9, zh;q=0.5", Language.English)]
    [InlineData("zh;q=0", Language.English)]
    [InlineData("zh;q=0, en;q=0", Language.English)]
    [InlineData("en;q=0, *", Language.Chinese)] // anything but English
    [InlineData("zh;q=0, *", Language.English)]
    [InlineData("*", Language.English)]
    [InlineData("de, fr", Language.English)]
    [InlineData(";;q=", Language.English)]
    internal void Chinese_is_for_those_who_like_it_better(string? accept, Language language)
    {
        var request = new DefaultHttpContext().Request;
        if (accept is not null)
            request.Headers.AcceptLanguage = accept;
        Assert.Equal(language, Languages.Of(request));
    }

    [Fact]
    public void A_language_has_its_tag() => Assert.Equal(("zh-CN", "en"), (Languages.Tag(Language.Chinese), Languages.Tag(Language.English)));
}
