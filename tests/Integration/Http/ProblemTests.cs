using System.Net;
using FriendCity.Access;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Messages;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Http;

/// <summary>One shape for every refusal, in the reader's language, with a link that resolves.</summary>
public sealed class ProblemTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private readonly TestApp _app = drafts.App;

    public static TheoryData<string> Codes { get; } = [.. Problems.All.Select(code => code.Name)];

    [Theory]
    [InlineData("zh-CN", Language.Chinese)]
    [InlineData("zh", Language.Chinese)]
    [InlineData("fr, zh-Hans;q=0.8, en;q=0.5", Language.Chinese)]
    [InlineData("en;q=0.9, zh;q=0.5", Language.English)]
    [InlineData("de", Language.English)]
    [InlineData("*", Language.English)]
    [InlineData(";;q=", Language.English)]
    [InlineData(null, Language.English)]
    internal async Task Every_way_to_fail_has_the_same_shape_in_the_readers_language(string? accept, Language language)
    {
        var path = await drafts.NewCityAsync();
        var gone = await drafts.NewCityAsync();
        (await _app.CallAsync("DELETE", gone, etag: "\"1\"")).Is(204);
        var reader = await _app.KeyAsync("reader", Scopes.Read);
        var cases = new (int Status, string Code, string Method, string Path, string? Body, string? ETag, string? Type, string? Key)[]
        {
            (400, "malformed_json", "POST", "/api/v1/cities", "{", null, "application/json", null),
            (400, "bad_parameter", "GET", "/api/v1/cities?x=1", null, null, null, null),
            (400, "cursor_invalid", "GET", "/api/v1/cities?cursor=x", null, null, null, null),
            (401, "unauthenticated", "GET", path, null, null, null, "fc_wrong"),
            (403, "forbidden", "DELETE", path, null, "\"1\"", null, reader),
            (404, "not_found", "GET", "/api/v1/cities/NOWHERE", null, null, null, null),
            (404, "not_found", "GET", "/api/v1/planets", null, null, null, null),
            (404, "not_found", "GET", "/nothing", null, null, null, null),
            (404, "not_found", "GET", path + "/nothing", null, null, null, null),
            (404, "not_found", "GET", "/docs/nothing", null, null, null, null),
            (405, "method_not_allowed", "DELETE", "/api/v1/cities", null, null, null, null),
            (405, "method_not_allowed", "POST", path + "/history", null, null, null, null),
            (409, "exists", "POST", "/api/v1/cities", DraftTestApp.City(path.Split('/')[^1]).ToString(), null, "application/json", null),
            (409, "referenced", "DELETE", "/api/v1/cities/RULED", null, "\"1\"", null, null),
            (410, "gone", "GET", gone, null, null, null, null),
            (412, "stale_etag", "DELETE", path, null, "\"9\"", null, null),
            (413, "too_large", "POST", "/api/v1/cities", new string(' ', JsonBody.MaxBytes + 1), null, "application/json", null),
            (415, "unsupported_media_type", "POST", "/api/v1/cities", "{}", null, "text/csv", null),
            (422, "invalid", "POST", "/api/v1/cities", "{}", null, "application/json", null),
            (428, "precondition_required", "DELETE", path, null, null, null, null),
        };
        foreach (var each in cases)
        {
            var headers = new[] { ("Accept-Language", accept), ("If-Match", each.ETag), ("X-Api-Key", each.Key ?? _app.Key) }.Where(
                header => header.Item2 is not null).Select(header => (header.Item1, header.Item2!));
            using var client = _app.NewClient();
            var reply = (await client.CallAsync(each.Method, each.Path, each.Body, [.. headers], each.Type))
                .IsProblem(each.Status, each.Code, language);
            Assert.Equal(each.Path.Split('?')[0], (string?)reply.Json["instance"]);
        }
    }

    [Fact]
    public async Task The_instance_is_an_address_whatever_was_asked_for() =>
        Assert.Equal("/api/v1/cities/%E9%9D%92%20%3C", (string?)(await _app.CallAsync("GET", "/api/v1/cities/%E9%9D%92%20%3C"))
            .IsProblem(404, "not_found").Json["instance"]);

    [Theory]
    [InlineData("DELETE", "/api/v1/cities", "GET, HEAD, OPTIONS, POST")]
    [InlineData("PATCH", "/api/v1/cities", "GET, HEAD, OPTIONS, POST")]
    [InlineData("POST", "/api/v1/cities/RULED", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT")]
    [InlineData("POST", "/api/v1/cities/RULED/history", "GET, HEAD, OPTIONS")]
    [InlineData("GET", "/api/v1/cities/RULED/restore", "OPTIONS, POST")]
    [InlineData("POST", "/api/v1/cities/RULED/attachments/a.pdf", "DELETE, GET, HEAD, OPTIONS, PUT")]
    [InlineData("POST", "/api/v1/kpis", "GET, HEAD, OPTIONS")]
    [InlineData("DELETE", "/api/v1/kpis/K32/what-if", "OPTIONS, POST")]
    [InlineData("GET", "/api/v1/snapshots/x/verify", "OPTIONS, POST")]
    [InlineData("PUT", "/odata/Cities", "GET, HEAD, OPTIONS")]
    public async Task A_method_that_an_address_does_not_take_is_answered_with_those_it_takes(string method, string path, string allow)
    {
        var reply = (await _app.CallAsync(method, path)).IsProblem(405, "method_not_allowed");
        Assert.Equal(allow, string.Join(", ", reply.Headers["Allow"].Split(", ").Order(StringComparer.Ordinal)));
        Assert.Equal(allow, string.Join(", ", (await _app.CallAsync("OPTIONS", path)).Is(204).Headers["Allow"].Split(", ")
            .Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing")]
    [InlineData("POST", "/api/v1/Cities")]
    [InlineData("OPTIONS", "/nothing")]
    [InlineData("GET", "/api/v1/cities/RULED/nothing")]
    [InlineData("GET", "/api/v1/cities/RULED/files/x")]
    [InlineData("GET", "/api/v1/cities/RULED/history/1/2")]
    public async Task An_address_with_nothing_behind_it_is_a_problem_too(string method, string path) =>
        (await _app.CallAsync(method, path)).IsProblem(404, "not_found");

    [Fact]
    public async Task HEAD_answers_what_GET_does_without_its_content()
    {
        foreach (var path in new[] { "/api/v1/cities", "/api/v1/cities/RULED", "/api/v1/kpis", "/dashboard", "/odata/Cities", "/health/live",
            "/docs/problems", "/api/v1/cities/RULED/history" })
        {
            var (get, head) = ((await _app.CallAsync("GET", path)).Is(200), (await _app.CallAsync("HEAD", path)).Is(200));
            Assert.Equal((path, "", get.ETag, get.Headers["Content-Type"]), (path, head.Text, head.ETag, head.Headers["Content-Type"]));
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Every_code_links_to_its_place_on_a_page_that_anyone_may_read(string code)
    {
        var known = Problems.All.Single(each => each.Name == code);
        using var anyone = _app.NewClient();
        foreach (var (accept, language) in new[] { ("en", Language.English), ("zh-CN", Language.Chinese) })
        {
            var page = await anyone.CallAsync("GET", $"/docs/problems#{code}", null, [("Accept-Language", accept)]);
            Assert.StartsWith("text/html", page.Is(200).Headers["Content-Type"], StringComparison.Ordinal);
            Assert.Contains($"id=\"{code}\"", page.Text, StringComparison.Ordinal);
            Assert.Contains(known.Title.In(language), WebUtility.HtmlDecode(page.Text), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_code_that_exists_is_in_the_list_once()
    {
        var fields = typeof(Problems).GetFields().Where(field => field.FieldType == typeof(ProblemCode))
            .Select(field => (ProblemCode)field.GetValue(null)!).ToList();
        Assert.Equal(fields.Select(code => code.Name), Problems.All.Select(code => code.Name));
        Assert.Equal(fields.Count, fields.Select(code => code.Name).Distinct().Count());
    }
}
