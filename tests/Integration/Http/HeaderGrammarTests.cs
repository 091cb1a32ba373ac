using FriendCity.Tests.Support;


namespace FriendCity.Tests.Integration.Http;

/// <summary>Headers as their grammars say: RFC 7240 (Prefer), RFC 9110 5.6 (lists, quoted text), 12.4.2 (quality), 12.5 (negotiation).</summary>
public sealed class HeaderGrammarTests(Azurite azurite)
{
    [Theory]
    [InlineData(null, "en")]
    [InlineData("zh", "zh-CN")]
    [InlineData("zh-CN, en;q=0.5", "zh-CN")]
    [InlineData("zh-Hant-TW;q=0.5, en;q=0.4", "zh-CN")]
    [InlineData("en, zh", "en")]
    [InlineData("zh;q=0", "en")]
    [InlineData("zh;q=0, en;q=0", "en")]
    [InlineData("zh;q=0.0, *", "en")]
    [InlineData("en;q=0, *;q=0.5", "zh-CN")]
    [InlineData("de, zh;q=0.3, en;q=0.2", "zh-CN")]
    [InlineData("*", "en")]
    [InlineData("zhx", "en")]
    [InlineData("garbage;;q=", "en")]
    public async Task A_language_that_is_not_wanted_is_not_answered(string? accept, string tag) =>
        Assert.Equal(tag, (await (await azurite.SampleOfficeAsync())
            .CallAsync("GET", "/api/v1/nothing", headers: accept is null ? [] : [("Accept-Language", accept)])).Headers["Content-Language"]);

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("*/*", 200)]
    [InlineData("application/*", 200)]
    [InlineData("text/html, */*;q=0.1", 200)]
    [InlineData("application/json;q=0, */*", 406)]
    [InlineData("application/*;q=0, */*;q=1", 406)]
    [InlineData("application/json;q=0.1, */*;q=0", 200)]
    [InlineData("text/html", 406)]
    [InlineData("garbage", 200)]
    public async Task JSON_is_not_sent_to_who_refuses_it(string accept, int status)
    {
        var app = await azurite.SampleOfficeAsync();
        foreach (var path in new[] { "/api/v1/cities/RULED", "/api/v1/cities/RULED/history" })
            Assert.Equal((path, status), (path, (await app.CallAsync("GET", path, headers: ("Accept", accept))).Status));
    }

    [Theory]
    [InlineData("*/*", "application/json")]
    [InlineData("application/json;q=0, */*", "text/csv")]
    [InlineData("application/json;q=0.1, application/x-ndjson;q=0.2", "application/x-ndjson")]
    public async Task A_list_is_sent_in_the_form_that_is_liked_best(string accept, string mediaType) =>
        Assert.Equal(mediaType, (await (await azurite.SampleOfficeAsync()).CallAsync("GET", "/api/v1/cities?$top=1", headers: ("Accept", accept)))
            .Is(200).Headers["Content-Type"].Split(';')[0]);

    [Theory]
    [InlineData("application/json;q=0, */*", 406)]
    [InlineData("application/json;q=0.1, */*;q=0", 200)]
    [InlineData("application/json;odata.metadata=none, application/json;q=0", 200)]
    public async Task Neither_are_rows_of_the_feed(string accept, int status) =>
        (await (await azurite.SampleOfficeAsync()).CallAsync("GET", "/odata/Cities?$top=1", headers: ("Accept", accept))).Is(status);

    [Theory]
    [InlineData("POST", "/api/v1/cities", "text/plain", null, "Accept", "application/json")]
    [InlineData("PATCH", "/api/v1/cities/RULED", "text/plain", null, "Accept-Patch", "application/merge-patch+json, application/json")]
    [InlineData("POST", "/api/v1/cities", "application/json", "gzip", "Accept-Encoding", "identity")]
    [InlineData("POST", "/api/v1/cities", "application/json", "identity, gzip", "Accept-Encoding", "identity")]
    public async Task A_body_that_is_not_taken_is_answered_with_what_would_be(string method, string path, string type, string? coding, string header,
        string value)
    {
        var reply = await (await azurite.SampleOfficeAsync())
            .CallAsync(method, path, "{}", "*", type, coding is null ? [] : [("Content-Encoding", coding)]);
        Assert.Equal(value, reply.IsProblem(415, "unsupported_media_type").Headers[header]);
    }

    [Fact]
    public async Task A_coding_that_changes_nothing_is_taken() =>
        (await (await azurite.SampleOfficeAsync()).CallAsync("POST", "/api/v1/cities", "{}", headers: ("Content-Encoding", "identity")))
            .IsProblem(422, "invalid");
}
