using System.Buffers.Text;
using System.Text;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Http;

public sealed class ListTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private const int Many = 120;
    private readonly TestApp _app = drafts.App;

    [Fact]
    public async Task Following_the_links_shows_each_record_once_in_order_of_id()
    {
        var made = Enumerable.Range(0, Many).Select(_ => DraftTestApp.NewId()).ToList();
        await Parallel.ForEachAsync(made, async (id, _) => await _app.CreateAsync("centres",
            new JObject { ["id"] = id, ["nameEn"] = id, ["nameZh"] = id }));
        (await _app.CallAsync("DELETE", $"/api/v1/centres/{made[5]}", etag: "\"1\"")).Is(204);
        foreach (var top in new int?[] { 17, 100, 1000, null })
        {
            var ids = await WalkAsync(top, made[50]);
            Assert.Equal(ids.Order(StringComparer.Ordinal).Distinct(), ids);
            Assert.Empty(made.Except(ids).Except([made[5], made[50]]));
            Assert.DoesNotContain(made[5], ids);
            Assert.Equal(top == 17, ids.Contains(made[50]));
        }
    }

    /// <summary>A row that goes while someone pages, even the one the cursor names, disturbs nobody.</summary>
    private async Task<List<string>> WalkAsync(int? top, string goes)
    {
        var (ids, next) = (new List<string>(), top is null ? "/api/v1/centres" : $"/api/v1/centres?$top={top}");
        while (next is not null)
        {
            var page = await _app.GetAsync(next);
            Assert.Equal(["value", "nextLink"], page.Properties().Select(property => property.Name));
            Assert.InRange(page["value"]!.Count(), 1, top ?? 100);
            ids.AddRange(page["value"]!.Select(row => (string)row["id"]!));
            next = (string?)page["nextLink"];
            Assert.True(next is null || next.StartsWith(_app.Address.ToString(), StringComparison.Ordinal));
            if (ids.Contains(goes))
                await _app.CallAsync("DELETE", $"/api/v1/centres/{goes}", etag: "\"1\"");
        }

        return ids;
    }

    [Theory]
    [InlineData("$top=0")]
    [InlineData("$top=-1")]
    [InlineData("$top=1001")]
    [InlineData("$top=1.5")]
    [InlineData("$top=ten")]
    [InlineData("$top=%201")]
    [InlineData("$top=１")]
    [InlineData("$top=99999999999999999999")]
    [InlineData("$top=5&$top=6")]
    [InlineData("top=5")]
    [InlineData("$skip=5")]
    [InlineData("page=2")]
    [InlineData("a%0d%0ab=1")]
    [InlineData("' or 1 eq 1")]
    public async Task A_parameter_out_of_bounds_or_unknown_is_refused(string query) =>
        (await _app.CallAsync("GET", "/api/v1/cities?" + query)).IsProblem(400, "bad_parameter");

    [Theory]
    [InlineData("GET", "/api/v1/cities/RULED?x=1")]
    [InlineData("GET", "/api/v1/cities/RULED/history?$top=1")]
    [InlineData("POST", "/api/v1/cities?dry=1")]
    [InlineData("PUT", "/api/v1/cities/RULED?force=1")]
    [InlineData("PATCH", "/api/v1/cities/RULED?force=1")]
    [InlineData("DELETE", "/api/v1/cities/RULED?force=1")]
    [InlineData("POST", "/api/v1/cities/RULED/restore?force=1")]
    [InlineData("GET", "/api/v1/kpis?asof=2024-01-01")]
    public async Task No_address_ignores_a_parameter(string method, string path) =>
        (await _app.CallAsync(method, path, method is "GET" or "DELETE" || path.Contains("restore", StringComparison.Ordinal) ? null : "{}",
            "\"1\"")).IsProblem(400, "bad_parameter");

    [Fact]
    public async Task A_cursor_is_good_for_its_own_list_and_only_as_it_was_given()
    {
        var cursor = ((string)(await _app.GetAsync("/api/v1/cities?$top=3"))["nextLink"]!).Split("cursor=")[1];
        Assert.Equal(4, (await _app.GetAsync($"/api/v1/cities?$top=4&cursor={cursor}"))["value"]!.Count());

        var bad = new List<string> { "x", "nonsense", "1", cursor + "A", cursor + "=", Base64Url.EncodeToString("1|cities|RULED"u8),
            Base64Url.EncodeToString(Encoding.UTF8.GetBytes("1|cities|青岛")) };
        bad.AddRange(Enumerable.Range(1, cursor.Length - 1).Select(length => cursor[..length]));
        bad.AddRange(Enumerable.Range(0, cursor.Length).Select(at => cursor[..at] + (cursor[at] == 'A' ? 'B' : 'A') + cursor[(at + 1)..]));
        bad.AddRange(Enumerable.Range(0, cursor.Length)
            .Select(at => cursor[..at] + (char.IsLetter(cursor[at]) ? (char)(cursor[at] ^ 0x20) : '.') + cursor[(at + 1)..]));
        foreach (var edited in bad.Distinct())
        {
            var reply = await _app.CallAsync("GET", $"/api/v1/cities?cursor={edited}");
            Assert.True(reply.Status == 400, $"{edited}: {reply.Text}");
            reply.IsProblem(400, "cursor_invalid");
        }

        (await _app.CallAsync("GET", $"/api/v1/projects?cursor={cursor}")).IsProblem(400, "cursor_invalid");
    }

    [Theory]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Host", "evil.example")]
    public async Task What_a_caller_says_was_forwarded_is_not_in_a_link(string name, string value)
    {
        var next = (string)(await _app.CallAsync("GET", "/api/v1/cities?$top=2", headers: (name, value))).Json["nextLink"]!;
        Assert.StartsWith($"http://{_app.Address.Authority}/api/v1/cities?$top=2&cursor=", next, StringComparison.Ordinal);
        Assert.Equal(2, (await _app.GetAsync(new Uri(next).PathAndQuery))["value"]!.Count());
    }

    [Fact]
    public async Task A_list_with_an_empty_rest_has_no_next_page()
    {
        var all = (await _app.GetAsync("/api/v1/scopes"))["value"]!.Count();
        Assert.Equal(JTokenType.Null, (await _app.GetAsync($"/api/v1/scopes?$top={all}"))["nextLink"]!.Type);
        Assert.Equal(JTokenType.String, (await _app.GetAsync($"/api/v1/scopes?$top={all - 1}"))["nextLink"]!.Type);
        Assert.Equal(all, (await _app.GetAsync("/api/v1/scopes?$top=&cursor="))["value"]!.Count());
    }
}
