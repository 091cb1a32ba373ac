using FriendCity.Access;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.PowerBi.OData;

/// <summary>Following the links gives every row once, however small the pages, whatever comes and goes between them.</summary>
public sealed class PagingTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private readonly TestApp _app = drafts.App;

    [Theory]
    [InlineData("", 7)]
    [InlineData("$orderby=SectorId desc,StartDate", 5)]
    [InlineData("$filter=SectorId ne 'TRADE'&$orderby=NameZh", 4)]
    [InlineData("$top=23", 5)]
    [InlineData("$top=20&$skip=3", 5)]
    [InlineData("$select=NameEn,Id&$count=true", 11)]
    public async Task Pages_put_together_are_the_whole(string query, int size)
    {
        var whole = await _app.IdsAsync($"/odata/Projects?{query}");
        Assert.True(whole.Count > size);
        var (ids, next, pages) = (new List<string>(), $"/odata/Projects?{query}", 0);
        for (; next is not null; pages++)
        {
            var reply = (await _app.FeedAsync(next, ("Prefer", $"odata.maxpagesize={size}"))).Is(200);
            Assert.Equal($"odata.maxpagesize={size}", reply.Headers["Preference-Applied"]);
            Assert.InRange(reply.Json["value"]!.Count(), 1, size);
            ids.AddRange(reply.Json["value"]!.Select(row => (string)row["Id"]!));
            next = (string?)reply.Json["@odata.nextLink"];
        }

        Assert.Equal(whole, ids);
        Assert.Equal((whole.Count + size - 1) / size, pages);
    }

    [Fact]
    public async Task A_link_is_absolute_under_the_public_address_and_names_no_key()
    {
        using var anyone = _app.NewClient();
        var key = await _app.KeyAsync("power-bi", Scopes.Read);
        var reply = await anyone.CallAsync(
            "GET", $"/odata/Cities?$filter=CountryId ne 'CN'&code={key}", null, [("Prefer", "maxpagesize=3"), ("Host", "friends.example.org")]);
        Assert.DoesNotContain(key, reply.Is(200).Text, StringComparison.Ordinal);
        Assert.Equal("http://friends.example.org/odata/$metadata#Cities", (string?)reply.Json["@odata.context"]);
        var next = (string)reply.Json["@odata.nextLink"]!;
        Assert.StartsWith("http://friends.example.org/odata/Cities?$filter=CountryId%20ne%20%27CN%27&$skiptoken=", next, StringComparison.Ordinal);
        Assert.Equal(3, (await anyone.CallAsync("GET", $"{new Uri(next).PathAndQuery}&code={key}", null, [("Prefer", "maxpagesize=3")]))
            .Is(200).Json["value"]!.Count());
    }

    [Fact]
    public async Task A_token_is_good_for_its_own_query_and_owner_and_beside_nothing_that_it_holds()
    {
        var link = (string)(await _app.FeedAsync("/odata/Cities?$orderby=NameEn", ("Prefer", "maxpagesize=3"))).Json["@odata.nextLink"]!;
        var path = new Uri(link).PathAndQuery;
        Assert.NotEmpty(await _app.RowsAsync(path));
        (await _app.FeedAsync(path.Replace("NameEn", "NameZh", StringComparison.Ordinal))).IsError(400, "cursor_invalid");
        (await _app.FeedAsync(path.Replace("Cities", "Projects", StringComparison.Ordinal))).IsError(400, "cursor_invalid");
        (await _app.FeedAsync(path[..^1] + (path[^1] == 'A' ? 'B' : 'A'))).IsError(400, "cursor_invalid");
        (await _app.FeedAsync($"{path}&$top=3")).IsError(400, "bad_parameter");
        using var other = _app.NewClient();
        (await other.CallAsync("GET", path, null, [("X-Api-Key", await _app.KeyAsync("other", Scopes.Read))])).IsError(400, "cursor_invalid");
    }

    [Fact]
    public async Task A_written_row_is_in_the_feed_at_once_and_a_deleted_one_is_gone()
    {
        var id = DraftTestApp.NewId();
        var path = await _app.CreateAsync("cities", DraftTestApp.City(id));
        Assert.Equal([id], await _app.IdsAsync($"/odata/Cities?$filter=Id eq '{id}'"));
        (await _app.CallAsync("DELETE", path, etag: "\"1\"")).Is(204);
        Assert.Empty(await _app.IdsAsync($"/odata/Cities?$filter=Id eq '{id}'"));
        (await _app.FeedAsync($"/odata/Cities('{id}')")).IsError(410, "gone");
    }

    [Fact]
    public async Task A_page_that_is_known_is_not_sent_again_until_something_changes()
    {
        var etag = (await _app.FeedAsync("/odata/Sectors")).Is(200).ETag!;
        var again = (await _app.FeedAsync("/odata/Sectors", ("If-None-Match", etag))).Is(304);
        Assert.Equal((etag, ""), (again.ETag, again.Text));
        (await _app.FeedAsync("/odata/Sectors?$top=1", ("If-None-Match", etag))).Is(200);
        await _app.CreateAsync("sectors", new JObject { ["id"] = DraftTestApp.NewId(), ["nameEn"] = "x", ["nameZh"] = "x" });
        (await _app.FeedAsync("/odata/Sectors", ("If-None-Match", etag))).Is(200);
    }
}
