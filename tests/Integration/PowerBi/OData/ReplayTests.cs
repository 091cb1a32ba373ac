using System.IO.Compression;
using System.Net;
using System.Text;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.PowerBi.OData;

/// <summary>
/// The requests that Power Query was seen to send, byte for byte, with its headers and no others: logs of NLstn/go-odata#874,
/// forums.invantive.com 4384,
/// DataConnectors#233 and part 10 of Microsoft's TripPin tutorial. Answers are read with the library that it is built on.
/// </summary>
public sealed class ReplayTests(Azurite azurite)
{
    [Fact]
    public async Task A_load_from_root_to_last_page_gets_right_answers()
    {
        var app = await azurite.StarOfficeAsync();
        var root = await SendAsync(app, "/odata");
        var model = await FeedReader.ModelAsync(app);
        Assert.StartsWith("<?xml", (await SendAsync(app, "/odata/$metadata")).Text, StringComparison.Ordinal);
        foreach (var set in FeedReader.ReadRoot(root, model).EntitySets)
        {
            var counted = long.Parse((await SendAsync(app, $"/odata/{set.Name}/$count")).Text, System.Globalization.CultureInfo.InvariantCulture);
            var preview = FeedReader.ReadPage(await SendAsync(app, $"/odata/{set.Name}?$top=1000"), model, set.Name);
            Assert.Equal(Math.Min(1000, counted), preview.Rows.Count);
            Assert.Null(preview.Next);
            var (read, next) = (0L, $"/odata/{set.Name}");
            for (Uri? link; next is not null; next = link?.PathAndQuery)
            {
                (var rows, _, link) = FeedReader.ReadPage(await SendAsync(app, next), model, set.Name);
                read += rows.Count;
            }

            Assert.Equal(counted, read);
        }
    }

    [Theory]
    [InlineData("Projects", "?%24top=1000", 67)]
    [InlineData("Projects", "?$filter=ChangedAt%20gt%202021-02-03T00%3A00%3A00%2B01%3A00&$top=1000", 67)]
    [InlineData("Projects", "?$filter=StartDate%20ge%202018-09-14%20and%20StartDate%20lt%202018-09-15&$top=1000", null)]
    [InlineData("Projects", "?$select=Id%2CCityId%2CCity&$expand=City%28%24select%3DId%2CNameEn%29", 67)]
    [InlineData("Projects", "?$select=Id%2CCityId%2CCity&$expand=City%28%24select%3DId%2CNameEn%29&$top=1000", 67)]
    [InlineData("Projects", "?$orderby=StartDate%20desc%2CNameEn&$skip=60&$top=1000", 7)]
    [InlineData("Cities", "?$filter=contains%28NameEn%2C%27an%27%29%20and%20CountryId%20ne%20null&$select=Id%2CNameEn%2CNameZh", null)]
    [InlineData("Cities", "?$filter=NameZh%20eq%20%27%E9%9D%92%E5%B2%9B%27", 1)]
    [InlineData("KpiDaily", "?$filter=SnapshotDate%20ge%202026-11-01%20and%20SnapshotDate%20lt%202026-12-01%20and%20KpiId%20eq%20%27K03%27", null)]
    public async Task A_recorded_request_gets_its_rows(string set, string query, int? rows)
    {
        var app = await azurite.StarOfficeAsync();
        var read = FeedReader.ReadPage(await SendAsync(app, $"/odata/{set}{query}"), await FeedReader.ModelAsync(app), set).Rows.Count;
        if (rows is { } expected)
            Assert.Equal(expected, read);
        else
            Assert.NotEqual(0, read);
    }

    /// <summary>The whole answer; its headers are those that Power Query needs.</summary>
    private static async Task<Reply> SendAsync(TestApp app, string path)
    {
        using var client = app.NewClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None });
        using var request = new HttpRequestMessage(HttpMethod.Get,
            new Uri(app.Address, path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + $"code={app.Key}"));
        foreach (var (name, value) in Feed.PowerQuery.Append(("Accept-Encoding", "gzip, deflate")))
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["4.0"], response.Headers.GetValues("OData-Version"));
        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        await using var plain = new GZipStream(await response.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(plain, Encoding.UTF8);
        var text = await reader.ReadToEndAsync();
        Assert.DoesNotContain(app.Key, text, StringComparison.Ordinal);
        var all = response.Headers.Concat(response.Content.Headers);
        return new((int)response.StatusCode, all.ToDictionary(header => header.Key, header => string.Join(", ", header.Value),
            StringComparer.OrdinalIgnoreCase), text);
    }
}
