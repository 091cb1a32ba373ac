using FriendCity.Tests.Support;


namespace FriendCity.Tests.Integration.Http;

/// <summary>Conditions by RFC 9110, on a record at version 1.</summary>
public sealed class ConditionTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private static string Body => DraftTestApp.City().ToString();

    private static readonly string Long = '"' + new string('x', 8 * 1024) + '"';

    private readonly TestApp _app = drafts.App;

    public static TheoryData<string, string?, int> Writes()
    {
        var rows = new TheoryData<string, string?, int>();
        foreach (var method in new[] { "PUT", "PATCH", "DELETE" })
        {
            foreach (var good in new[] { "\"1\"", "*", "\"9\", \"1\"", "W/\"1\", \"1\"" })
                rows.Add(method, good, method == "DELETE" ? 204 : 200);
            foreach (var stale in new[] { "\"9\"", "W/\"1\"", "\"\"", "\"01\"", "\"1 \"", "\"9\", \"8\"", Long })
                rows.Add(method, stale, 412);
            foreach (var malformed in new[] { "1", "\"1", "W/1", "\"1\" \"2\"", "\"1\";", Long[1..^1] })
                rows.Add(method, malformed, 400);
            rows.Add(method, null, 428);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_write_needs_the_current_version_strongly_compared(string method, string? ifMatch, int status)
    {
        var path = await drafts.NewCityAsync();
        var reply = await _app.CallAsync(method, path, method == "DELETE" ? null : Body, ifMatch);
        if (status < 300)
            Assert.Equal("\"2\"", reply.Is(status).ETag);
        else
            reply.IsProblem(status, status switch { 412 => "stale_etag", 428 => "precondition_required", _ => "bad_parameter" });
        Assert.Equal(status < 300 ? 2 : 1, (await _app.GetAsync(path + "/history"))["value"]!.Count());
    }

    [Theory]
    [InlineData("If-None-Match", "\"1\"", 304)]
    [InlineData("If-None-Match", "W/\"1\"", 304)]
    [InlineData("If-None-Match", "*", 304)]
    [InlineData("If-None-Match", "\"9\", \"1\"", 304)]
    [InlineData("If-None-Match", "\"9\"", 200)]
    [InlineData("If-None-Match", "1", 400)]
    [InlineData("If-None-Match", "8 KB", 200)]
    [InlineData("If-Match", "\"1\"", 200)]
    [InlineData("If-Match", "\"9\"", 412)]
    [InlineData("If-Match", "1", 400)]
    public async Task A_read_is_spared_what_the_reader_has(string header, string value, int status)
    {
        var reply = await _app.CallAsync("GET", await drafts.NewCityAsync(), headers: (header, value == "8 KB" ? Long : value));
        if (status >= 400)
            reply.IsProblem(status, status == 412 ? "stale_etag" : "bad_parameter");
        else
            Assert.Equal("\"1\"", reply.Is(status).ETag);
        if (status == 304)
            Assert.Equal("", reply.Text);
    }

    [Fact]
    public async Task Only_create_means_only_create()
    {
        var path = $"/api/v1/cities/{DraftTestApp.NewId()}";
        (await _app.CallAsync("PUT", path, Body, headers: ("If-None-Match", "*"))).Is(201);
        (await _app.CallAsync("PUT", path, Body, headers: ("If-None-Match", "*"))).IsProblem(412, "already_exists");
        (await _app.CallAsync("PUT", path, Body, "\"1\"", headers: ("If-None-Match", "\"1\""))).IsProblem(412, "stale_etag");
        (await _app.CallAsync("DELETE", path, etag: "\"1\"")).Is(204);
        (await _app.CallAsync("PUT", path, Body, headers: ("If-None-Match", "*"))).IsProblem(410, "gone");
    }

    [Theory]
    [InlineData("PUT", "\"1\"", 412, "stale_etag")]
    [InlineData("PUT", "*", 412, "stale_etag")]
    [InlineData("PATCH", "*", 404, "not_found")]
    [InlineData("DELETE", "\"1\"", 404, "not_found")]
    [InlineData("GET", null, 404, "not_found")]
    public async Task Nothing_matches_a_record_that_never_was(string method, string? ifMatch, int status, string code) =>
        (await _app.CallAsync(method, "/api/v1/cities/NOWHERE", method is "PUT" or "PATCH" ? Body : null, ifMatch)).IsProblem(status, code);

    [Theory]
    [InlineData("PATCH", "\"1\"", 200, 412)]
    [InlineData("DELETE", "\"1\"", 204, 410)]
    [InlineData("PUT", null, 201, 428)]
    [InlineData("POST", null, 201, 409)]
    public async Task Of_many_writers_at_once_one_wins_and_the_others_hear_of_it(string method, string? ifMatch, int won, int lost)
    {
        var path = ifMatch is null ? $"/api/v1/cities/{DraftTestApp.NewId()}" : await drafts.NewCityAsync();
        var statuses = await Task.WhenAll(Enumerable.Range(0, 16).Select(async n =>
        {
            var body = DraftTestApp.City(method == "POST" ? path.Split('/')[^1] : null);
            body["note"] = $"{n}";
            return (await _app.CallAsync(method, method == "POST" ? "/api/v1/cities" : path, method == "DELETE" ? null : body, ifMatch)).Status;
        }));
        Assert.Equal(won, Assert.Single(statuses, status => status < 300));
        Assert.All(statuses.Where(status => status >= 300), status => Assert.Equal(lost, status));
        Assert.Equal(ifMatch is null ? 1 : 2, (await _app.GetAsync(path + "/history"))["value"]!.Count());
    }

    [Fact]
    public async Task The_tag_of_another_record_is_stale()
    {
        var (one, other) = (await drafts.NewCityAsync(), await drafts.NewCityAsync());
        var tag = (await _app.CallAsync("PATCH", other, """{"note":"n"}""", "\"1\"", ApiClient.MergePatch)).Is(200).ETag;
        (await _app.CallAsync("PATCH", one, """{"note":"n"}""", tag, ApiClient.MergePatch)).IsProblem(412, "stale_etag");
    }
}
