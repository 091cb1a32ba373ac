using System.Collections.Concurrent;
using FriendCity.Access;
using FriendCity.Records.Persistence;
using FriendCity.RecordsApi.Changes;
using FriendCity.Registry;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Http.Changes;

/// <summary>What has changed since, and who did it.</summary>
public sealed class ChangesTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private readonly TestApp _app = drafts.App;

    [Fact]
    public Task A_list_and_the_changes_since_are_the_records() => FollowAsync(writes: 12);

    [Fact]
    [Trait("Set", "long")]
    public Task A_list_and_many_changes_since_are_the_records() => FollowAsync(writes: 150);

    [Fact]
    public async Task A_change_says_who_which_fields_and_what_they_were()
    {
        var begun = await NowAsync();
        using var partner = _app.NewClient();
        partner.DefaultRequestHeaders.Add("X-Api-Key", await _app.KeyAsync("partner", Scopes.Write));
        var id = DraftTestApp.NewId();
        var path = $"/api/v1/cities/{id}";
        var city = DraftTestApp.City();
        // The key and who holds it.
        var actor = (string)(await partner.CallAsync("PUT", path, city, [])).Is(201).Json["actor"]!;
        (await partner.CallAsync("PATCH", path, new JObject { ["note"] = "n", ["nameZh"] = "新名" }, [("If-Match", "\"1\"")])).Is(200);
        (await partner.CallAsync("DELETE", path, null, [("If-Match", "\"2\"")])).Is(204);
        await _app.CreateAsync("tags", new JObject { ["id"] = DraftTestApp.NewId(), ["nameEn"] = "t", ["nameZh"] = "标签", ["kind"] = "theme" });

        var mine = $"/api/v1/changes?from={begun}&changedBy={Uri.EscapeDataString(actor)}";
        var changes = (JArray)(await _app.GetAsync(mine))["value"]!;
        Assert.Equal([(id, 1, false, actor), (id, 2, false, actor), (id, 3, true, actor)], changes.Select(change =>
            ((string)change["id"]!, (int)change["version"]!, (bool)change["deleted"]!, (string)change["actor"]!)));
        Assert.Contains(changes[0]["fields"]!, field => (string?)field["name"] == "nameZh" && field["before"]!.Type == JTokenType.Null
            && (string?)field["after"] == (string?)city["nameZh"]);
        Assert.Equal([("note", null, "n"), ("nameZh", (string?)city["nameZh"], "新名")], changes[1]["fields"]!
            .Select(field => ((string)field["name"]!, (string?)field["before"], (string)field["after"]!)).OrderByDescending(field => field.Item1));
        Assert.Equal((0, JTokenType.Null), (changes[2]["fields"]!.Count(), changes[2]["record"]!.Type));
        Assert.Equal("新名", (string?)changes[1]["record"]!["nameZh"]);

        Assert.Empty((await _app.GetAsync(mine + "&types=tags,projects"))["value"]!);
        Assert.Equal(3, (await _app.GetAsync(mine + "&types=cities"))["value"]!.Count());
        Assert.Empty((await _app.GetAsync($"{mine}&to={Uri.EscapeDataString((string)changes[0]["changedAt"]!)}"))["value"]!);
        // Page by page it is the same.
        var paged = new List<JToken>();
        for (var next = $"{mine}&$top=1"; next is not null;)
        {
            var page = await _app.GetAsync(next);
            paged.AddRange(page["value"]!);
            next = (string?)page["nextLink"];
        }

        Assert.Equal(changes.Select(change => change.ToString()), paged.Select(change => change.ToString()));
    }

    [Fact]
    public async Task Files_are_among_the_fields()
    {
        var begun = await NowAsync();
        var path = await drafts.NewCityAsync();
        (await _app.CallAsync("PUT", path + "/attachments/letter.pdf", "%PDF-1.7\n%%EOF"u8.ToArray(), "\"1\"", "application/pdf")).Is(200);
        var last = (await _app.GetAsync($"/api/v1/changes?from={begun}&types=cities"))["value"]!.Last(change =>
            (string?)change["id"] == path.Split('/')[^1]);
        var field = Assert.Single(last["fields"]!);
        Assert.Equal(("attachments", 0, "letter.pdf"),
            ((string?)field["name"], field["before"]!.Count(), (string?)Assert.Single(field["after"]!)["name"]));
    }

    [Fact]
    public async Task Every_list_says_where_to_follow_its_records_from()
    {
        foreach (var type in RegistryTypes.All.All)
        {
            var list = (await _app.CallAsync("GET", $"/api/v1/{type.Name}?$top=1")).Is(200);
            var page = (await _app.CallAsync("GET", $"/api/v1/changes?since={list.Headers["Changes-Cursor"]}&types={type.Name}")).Is(200);
            Assert.NotNull(ChangeCursor.Parse((string)page.Json["cursor"]!));
        }

        var past = (await _app.CallAsync("GET", "/api/v1/tags?knownAt=2026-01-31T08:00:00Z")).Is(200);
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 8, 0, 0, TimeSpan.Zero), ChangeCursor.Parse(past.Headers["Changes-Cursor"])!.Instant);
    }

    [Fact]
    public async Task What_is_too_long_ago_is_said_to_be_so()
    {
        var kept = _app.Services.GetRequiredService<ChangeRetention>().Kept;
        var now = _app.Services.GetRequiredService<ChangeFeed>().Now;
        (await _app.CallAsync("GET", $"/api/v1/changes?since={new ChangeCursor(now - kept + TimeSpan.FromHours(1))}")).Is(200);
        var old = now - kept - TimeSpan.FromMinutes(1);
        (await _app.CallAsync("GET", $"/api/v1/changes?since={new ChangeCursor(old)}")).IsProblem(410, "changes_expired");
        (await _app.CallAsync("GET", $"/api/v1/changes?from={Text(old)}")).IsProblem(410, "changes_expired");
    }

    // Calendar ends, and a cursor of year 1 ("0", "1").
    [Theory]
    [InlineData("?from=0001-01-01T00:00:00Z"), InlineData("?since=MA"), InlineData("?since=MQ")]
    public async Task What_began_with_the_calendar_is_too_long_ago(string query) =>
        (await _app.CallAsync("GET", "/api/v1/changes" + query)).IsProblem(410, "changes_expired");

    [Fact]
    public async Task A_span_may_end_with_the_calendar() =>
        (await _app.CallAsync("GET", $"/api/v1/changes?from={await NowAsync()}&to=9999-12-31T23:59:59Z")).Is(200);

    [Theory]
    [InlineData("", "bad_parameter")]
    [InlineData("?changedBy=tests", "bad_parameter")]
    [InlineData("?since=x&from=2026-11-01T00:00:00Z", "bad_parameter")]
    [InlineData("?since=MQ&to=2026-11-01T00:00:00Z", "bad_parameter")]
    [InlineData("?since=MQ&cursor=MQ", "bad_parameter")]
    [InlineData("?from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z", "bad_parameter")]
    [InlineData("?from=2999-11-02T00:00:00Z", "bad_parameter")]
    [InlineData("?from=yesterday", "bad_parameter")]
    [InlineData("?since=MQ&types=cities,planets", "bad_parameter")]
    [InlineData("?since=MQ&$top=1001", "bad_parameter")]
    [InlineData("?since=nonsense", "cursor_invalid")]
    [InlineData("?since=LQ", "cursor_invalid")]
    public async Task What_cannot_be_understood_is_refused(string query, string code) =>
        (await _app.CallAsync("GET", "/api/v1/changes" + query)).IsProblem(400, code);

    /// <summary>Eight writers create, change, delete and restore while a partner takes the list and follows; then both are compared.</summary>
    private async Task FollowAsync(int writes)
    {
        var done = false;
        var mark = DraftTestApp.NewId();
        var writing = Task.WhenAll(Enumerable.Range(0, 8).Select(n => WriteAsync($"{mark}-{n}", new Random(n), writes)));
        var (copy, cursor) = (new Dictionary<string, (long Version, JObject? Record)>(), (string?)null);
        for (var next = "/api/v1/tags?$top=3"; next is not null;)
        {
            var page = (await _app.CallAsync("GET", next)).Is(200);
            cursor ??= page.Headers["Changes-Cursor"];
            foreach (var tag in page.Json["value"]!.Cast<JObject>())
                copy[(string)tag["id"]!] = ((long)tag["version"]!, tag);
            next = (string?)page.Json["nextLink"];
        }

        // Once more after the last write.
        for (var last = false; !last;)
        {
            last = done;
            done = writing.IsCompleted;
            for (var more = true; more;)
            {
                var page = await _app.GetAsync($"/api/v1/changes?since={cursor}&types=tags&$top=7");
                foreach (var change in page["value"]!)
                    if ((long)change["version"]! > copy.GetValueOrDefault((string)change["id"]!).Version)
                        copy[(string)change["id"]!] = ((long)change["version"]!, change["record"] as JObject);
                (cursor, more) = ((string?)page["cursor"], page["nextLink"]!.Type != JTokenType.Null);
            }
        }

        await writing;
        var state = (await _app.GetAsync("/api/v1/tags?$top=1000"))["value"]!.ToDictionary(tag => (string)tag["id"]!, tag => tag.ToString());
        Assert.True(state.Count > 8);
        Assert.Equal(state, copy.Where(each => each.Value.Record is not null).ToDictionary(each => each.Key, each => each.Value.Record!.ToString()));
    }

    private async Task WriteAsync(string mark, Random random, int writes)
    {
        var versions = new ConcurrentDictionary<string, (long Version, bool Deleted)>();
        for (var n = 0; n < writes; n++)
        {
            var id = $"{mark}-{random.Next(4)}";
            var path = $"/api/v1/tags/{id}";
            var body = new JObject { ["nameEn"] = $"{n}", ["nameZh"] = "标签", ["kind"] = "theme" };
            var (version, deleted) = versions.GetValueOrDefault(id);
            var etag = $"\"{version}\"";
            var reply = version == 0 ? (await _app.CallAsync("PUT", path, body)).Is(201)
                : deleted ? (await _app.CallAsync("POST", path + "/restore", etag: etag)).Is(200)
                : random.Next(3) == 0 ? (await _app.CallAsync("DELETE", path, etag: etag)).Is(204)
                : (await _app.CallAsync("PATCH", path, body, etag)).Is(200);
            versions[id] = (version + 1, reply.Status == 204);
        }
    }

    private async Task<string> NowAsync()
    {
        await _app.GetAsync("/api/v1/tags");
        return Text(_app.Services.GetRequiredService<ChangeFeed>().Now);
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", null);
}
