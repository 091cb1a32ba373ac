using FriendCity.Http;
using FriendCity.Messages;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Http;

/// <summary>Which form and which language a caller likes best (RFC 9110 12.4.2, 12.5), without a server.</summary>
public sealed class NegotiationTests
{
    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("", "application/json")]
    [InlineData(";;", "application/json")] // what cannot be read says nothing
    [InlineData("application/json", "application/json")]
    [InlineData("text/csv, application/json", "application/json")] // of two liked alike what is offered first
    [InlineData("application/json;q=0.3, text/csv;q=0.4", "text/csv")]
    [InlineData("application/json;q=0.3, text/csv;q=0.2", "application/json")]
    [InlineData("APPLICATION/JSON;q=0.3, text/csv;q=0.2", "application/json")]
    [InlineData("application/json;q=0, text/csv;q=0.1", "text/csv")]
    [InlineData("application/json;q=0", null)]
    [InlineData("application/*;q=0.4, text/csv;q=0.3", "application/json")]
    [InlineData("APPLICATION/*;q=0.4, text/csv;q=0.5", "text/csv")]
    [InlineData("text/*", "text/csv")]
    [InlineData("text/json", null)]
    [InlineData("*/*;q=0.2", "application/json")]
    [InlineData("*/*, application/*;q=0.4, application/json;q=0.1, text/csv;q=0.2", "text/csv")] // the most precise one decides, not the best
    [InlineData("application/json;q=0.1, application/*;q=0.4, */*;q=0.05", "application/json")]
    [InlineData("*/*;q=0.2, application/*;q=0", "text/csv")]
    public void The_most_precise_range_that_fits_decides(string? accept, string? best)
    {
        var request = new DefaultHttpContext().Request;
        if (accept is not null)
            request.Headers.Accept = accept;
        Assert.Equal(best, Negotiation.Best(request, ["application/json", "text/csv"], type => type));
    }

    [Theory]
    [InlineData("text/*, application/json;q=0.1", null)]
    [InlineData("application/json;q=0, */*", "not_acceptable")]
    [InlineData("text/csv", "not_acceptable")]
    [InlineData("application/problem+json", null)]
    [InlineData("APPLICATION/Problem+JSON;q=0.1, text/csv", null)]
    [InlineData("application/problem+json;q=0, text/csv", "not_acceptable")]
    [InlineData("text/csv;note=\"application/problem+json\"", "not_acceptable")]
    public void Who_takes_no_JSON_is_refused_where_there_is_nothing_else(string accept, string? code)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Accept = accept;
        Assert.Equal(code, Refusal.Of(() => Negotiation.RequireJson(request))?.Code.Name);
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

    // What is asked for in the address goes before the header, which says Chinese.
    [Theory]
    [InlineData("", Language.Chinese)]
    [InlineData("?lang=", Language.Chinese)]
    [InlineData("?lang=en", Language.English)]
    [InlineData("?lang=zh", Language.Chinese)]
    [InlineData("?lang=zh-CN", Language.Chinese)]
    [InlineData("?lang=EN", null)]
    [InlineData("?lang=de", null)]
    internal void A_language_is_asked_for_by_name(string query, Language? language)
    {
        var request = new DefaultHttpContext { Request = { QueryString = new QueryString(query) } }.Request;
        request.Headers.AcceptLanguage = "zh";
        Language? asked = null;
        var refused = Refusal.Of(() => asked = Languages.Asked(request));
        Assert.Equal((language, language is null ? "lang: en, zh or zh-CN." : null), (asked, refused?.Detail!.En));
    }

    [Fact]
    public void A_language_has_its_tag() => Assert.Equal(("zh-CN", "en"), (Languages.Tag(Language.Chinese), Languages.Tag(Language.English)));
}
