using System.IO.Compression;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.PowerBi.OData;

/// <summary>Versions, forms and compression, and the requests that Power Query was seen to send.</summary>
public sealed class HeaderTests(Azurite azurite)
{
    [Theory]
    [InlineData("4.0", 200)]
    [InlineData("4.01", 200)]
    [InlineData("", 200)]
    [InlineData("3.0", 400)]
    [InlineData("four", 400)]
    public async Task An_older_protocol_is_refused_and_a_newer_one_is_answered_in_4_0(string most, int status)
    {
        var app = await azurite.SampleOfficeAsync();
        Assert.Equal(status, (await app.FeedAsync("/odata/Cities", ("OData-MaxVersion", most))).Status);
    }

    [Theory]
    [InlineData("application/json", Feed.ContentType)]
    [InlineData("*/*", Feed.ContentType)]
    [InlineData("application/*;q=0.5", Feed.ContentType)]
    [InlineData("application/json;odata.metadata=none", "application/json; odata.metadata=none")]
    [InlineData("application/json;odata.metadata=full;q=1,application/json;q=0.5", Feed.ContentType)]
    [InlineData("application/atom+xml", null)]
    [InlineData("application/json;odata.metadata=full", null)]
    [InlineData("application/json;IEEE754Compatible=true", null)]
    [InlineData("application/json;q=0", null)]
    public async Task Rows_come_in_a_form_that_the_caller_accepts_or_not_at_all(string accept, string? type)
    {
        var app = await azurite.SampleOfficeAsync();
        var reply = await app.FeedAsync("/odata/Cities?$top=1", ("Accept", accept));
        if (type is null)
        {
            reply.IsError(406, "not_acceptable");
            return;
        }

        Assert.Equal((200, type), (reply.Status, reply.Headers["Content-Type"]));
        Assert.Equal(type == Feed.ContentType, reply.Json.ContainsKey("@odata.context"));
    }

    [Theory]
    [InlineData("/odata")]
    [InlineData("/odata/$metadata")]
    [InlineData("/odata/Cities")]
    [InlineData("/odata/Cities/$count")]
    public async Task HEAD_has_the_headers_of_GET_and_no_body(string path)
    {
        var app = await azurite.SampleOfficeAsync();
        var (get, head) = (await app.FeedAsync(path), (await app.CallAsync("HEAD", path, headers: Feed.PowerQuery)).Is(200));
        Assert.Equal(("", get.Headers["Content-Type"], get.ETag), (head.Text, head.Headers["Content-Type"], head.ETag));
        Assert.Equal("4.0", head.Headers["OData-Version"]);
    }

    [Theory]
    [InlineData("POST", "/odata/Cities")]
    [InlineData("DELETE", "/odata/Cities('CNTAO')")]
    [InlineData("POST", "/odata/$batch")]
    public async Task Nothing_can_be_written_and_even_a_refusal_names_the_version(string method, string path)
    {
        var reply = (await (await azurite.SampleOfficeAsync()).CallAsync(method, path)).IsProblem(405, "method_not_allowed");
        Assert.Equal("4.0", reply.Headers["OData-Version"]);
    }

    [Fact]
    public async Task The_gate_names_the_version_too()
    {
        using var anyone = (await azurite.SampleOfficeAsync()).NewClient();
        Assert.Equal("4.0", (await anyone.CallAsync("GET", "/odata", null, [])).IsProblem(401, "unauthenticated").Headers["OData-Version"]);
    }

    [Fact]
    public async Task Errors_speak_the_readers_language()
    {
        var app = await azurite.SampleOfficeAsync();
        var reply = (await app.FeedAsync("/odata/Cities('NOWHERE')", ("Accept-Language", "zh-CN"))).IsError(404, "not_found");
        Assert.Equal(("Cities 中没有“NOWHERE”。", "zh-CN"), ((string?)reply.Json["error"]!["message"], reply.Headers["Content-Language"]));
    }

    [Theory]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("br", "br")]
    [InlineData("identity", null)]
    public async Task Answers_are_compressed_for_those_who_take_it(string accepted, string? encoding)
    {
        var app = await azurite.SampleOfficeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/odata/Projects", UriKind.Relative));
        request.Headers.AcceptEncoding.ParseAdd(accepted);
        using var response = await app.Client.SendAsync(request);
        Assert.Equal(encoding is null ? [] : [encoding], response.Content.Headers.ContentEncoding);
        await using var bytes = await response.Content.ReadAsStreamAsync();
        await using var plain = encoding switch
        {
            "gzip" => new GZipStream(bytes, CompressionMode.Decompress),
            "br" => new BrotliStream(bytes, CompressionMode.Decompress),
            _ => bytes
        };
        using var reader = new StreamReader(plain);
        Assert.Equal((await app.RowsAsync("/odata/Projects")).Count, JObject.Parse(await reader.ReadToEndAsync())["value"]!.Count());
    }

    [Theory]
    [InlineData("/odata/Projects?$top=1000", 67)]
    [InlineData("/odata/Projects?%24top=5", 5)]
    [InlineData("/odata/Projects?$filter=ChangedAt%20gt%202021-02-03T00%3A00%3A00%2B01%3A00&$top=1000", 67)]
    [InlineData("/odata/Cities?$select=Id%2CNameEn%2CNameZh", 23)]
    public async Task A_recorded_request_of_Power_Query_gets_its_rows(string path, int rows) =>
        Assert.Equal(rows, (await (await azurite.SampleOfficeAsync()).RowsAsync(path)).Count);

    [Fact]
    public async Task A_crawl_from_the_root_reads_as_many_rows_as_are_counted_with_the_library_that_Power_Query_is_built_on()
    {
        var app = await azurite.StarOfficeAsync();
        var model = await FeedReader.ModelAsync(app);
        var sets = FeedReader.ReadRoot(await app.FeedAsync("/odata"), model).EntitySets.Select(set => set.Name).ToList();
        Assert.Equal(model.EntityContainer.Elements.Select(set => set.Name).Order(StringComparer.Ordinal), sets.Order(StringComparer.Ordinal));
        foreach (var set in sets)
        {
            var (read, next) = (0L, $"/odata/{set}?$count=true");
            var counted = long.Parse((await app.FeedAsync($"/odata/{set}/$count")).Text, System.Globalization.CultureInfo.InvariantCulture);
            while (next is not null)
            {
                var (rows, count, link) = FeedReader.ReadPage(await app.FeedAsync(next, ("Prefer", "odata.maxpagesize=700")), model, set);
                Assert.True(count is null || count == counted);
                read += rows.Count;
                next = link?.PathAndQuery;
            }

            Assert.Equal(counted, read);
        }
    }
}
