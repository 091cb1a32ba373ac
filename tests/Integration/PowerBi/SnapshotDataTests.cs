using System.Net;
using System.Net.Http.Headers;
using FriendCity.Access;
using FriendCity.Snapshots.Contracts;
using FriendCity.Tests.Integration.Access;
using FriendCity.Tests.Integration.Http;

namespace FriendCity.Tests.Integration.PowerBi;

/// <summary>/powerbi/data: the container by address, and nothing of it that is not published.</summary>
public sealed class SnapshotDataTests(PublishedTestApp published, Support.Azurite azurite) : IClassFixture<PublishedTestApp>
{
    private const string Figures = "latest/kpi_daily.parquet";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("current.json", "application/json; charset=utf-8", "no-store")]
    [InlineData("snapshots/{id}/manifest.json", "application/json; charset=utf-8", "max-age=86400, private, immutable")]
    [InlineData("snapshots/{id}/kpi_daily.parquet", "application/vnd.apache.parquet", "max-age=86400, private, immutable")]
    [InlineData("snapshots/{id}/dim_city.csv", "text/csv; charset=utf-8", "max-age=86400, private, immutable")]
    [InlineData("latest/kpi_daily.parquet", "application/vnd.apache.parquet", "no-cache, private")]
    [InlineData("latest/kpi_daily.csv", "text/csv; charset=utf-8", "no-cache, private")]
    [InlineData("contract/1/schema.json", "application/json; charset=utf-8", "no-cache, private")]
    [InlineData("history/kpi_daily/snapshot_date=2026-03-01/part-0.parquet", "application/vnd.apache.parquet", "no-cache, private")]
    public async Task Every_published_path_answers_with_its_bytes_whole_in_part_and_not_again(string path, string type, string keep)
    {
        path = path.Replace("{id}", published.Id, StringComparison.Ordinal);
        var stored = (await published.Store.BytesAsync(path, Token))!;
        using var whole = await SendAsync("GET", path);
        Assert.Equal((HttpStatusCode.OK, type), (whole.StatusCode, $"{whole.Content.Headers.ContentType}"));
        Assert.Equal(keep.Split(", ").Order(), $"{whole.Headers.CacheControl}".Split(", ").Order());
        Assert.Equal(stored, await whole.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal("bytes", $"{whole.Headers.AcceptRanges}");
        var etag = whole.Headers.ETag!;

        using var head = await SendAsync("HEAD", path);
        Assert.Equal((HttpStatusCode.OK, stored.Length, etag, type),
            (head.StatusCode, (int)head.Content.Headers.ContentLength!, head.Headers.ETag, $"{head.Content.Headers.ContentType}"));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Token));

        using var end = await SendAsync("GET", path, request => request.Headers.Range = new RangeHeaderValue(null, 8));
        Assert.Equal((HttpStatusCode.PartialContent, etag), (end.StatusCode, end.Headers.ETag));
        Assert.Equal(stored[^8..], await end.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal($"bytes {stored.Length - 8}-{stored.Length - 1}/{stored.Length}", $"{end.Content.Headers.ContentRange}");

        using var again = await SendAsync("GET", path, request => request.Headers.IfNoneMatch.Add(etag));
        Assert.Equal((HttpStatusCode.NotModified, etag), (again.StatusCode, again.Headers.ETag));
        using var beyond = await SendAsync("GET", path, request => request.Headers.Range = new RangeHeaderValue(stored.Length, null));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
    }

    [Fact]
    public async Task A_copy_that_is_made_anew_has_another_tag()
    {
        using var before = await SendAsync("GET", Figures);
        var bytes = await before.Content.ReadAsByteArrayAsync(Token);
        await published.Store.CopyAsync(published.Id, Figures, SnapshotFormat.Parquet.ContentType, new MemoryStream([.. bytes, 0]), Token);
        using var after = await SendAsync("GET", Figures, request => request.Headers.IfNoneMatch.Add(before.Headers.ETag!));
        Assert.Equal((HttpStatusCode.OK, bytes.Length + 1), (after.StatusCode, (int)after.Content.Headers.ContentLength!));
        await published.Store.CopyAsync(published.Id, Figures, SnapshotFormat.Parquet.ContentType, new MemoryStream(bytes), Token);
    }

    [Theory]
    [InlineData("current.json/x")]
    [InlineData("CURRENT.JSON")]
    [InlineData("latest")]
    [InlineData("latest/")]
    [InlineData("latest/none.parquet")]
    [InlineData("latest//kpi_daily.parquet")]
    [InlineData("latest/./kpi_daily.parquet", 200)] // tidied up before it comes to us
    [InlineData("latest/%2e%2e/failures/hidden.json")]
    [InlineData("latest/..%2ffailures/hidden.json")]
    [InlineData("latest%2f..%2ffailures%2fhidden.json")]
    [InlineData("latest/..%5cfailures%5chidden.json")]
    [InlineData("latest/kpi_daily.parquet%00", 400)] // refused by the server itself
    [InlineData("latest/kpi_daily.parquet%3fcomp=list")]
    [InlineData("failures/hidden.json")]
    [InlineData("snapshots/hidden-run/kpi_daily.parquet")]
    [InlineData("snapshots/{id}/none.parquet")]
    [InlineData("snapshots/{id}/hidden.json")]
    [InlineData("snapshots/{id}")]
    [InlineData("snapshots/{id}/..%2fhidden-run/kpi_daily.parquet")]
    public async Task Nothing_else_of_the_container_can_be_read(string path, int answer = 404)
    {
        foreach (var hidden in new[] { "failures/hidden.json", "snapshots/hidden-run/kpi_daily.parquet", $"snapshots/{published.Id}/hidden.json" })
            await published.Store.WriteOnceAsync(hidden, "application/json", "{}"u8.ToArray(), Token);
        var target = $"/powerbi/data/{path.Replace("{id}", published.Id, StringComparison.Ordinal)}";
        Assert.Equal(answer, await RawRequest.StatusAsync(published.App.Address, "GET", target, $"X-Api-Key: {published.App.Key}\r\n"));
    }

    /// <summary>Power Query asks the base address of Web.Contents, without a path, whether the key is taken there.</summary>
    [Theory]
    [InlineData("/powerbi/data")]
    [InlineData("/powerbi/data/")]
    public async Task The_base_address_lists_paths_that_can_be_read(string address)
    {
        using var anyone = published.App.NewClient();
        (await anyone.CallAsync("GET", address, null, [])).IsProblem(401, "unauthenticated");
        using var reply = await anyone.GetAsync(new Uri($"{address}?code={published.App.Key}", UriKind.Relative), Token);
        Assert.Equal((HttpStatusCode.OK, "application/json; charset=utf-8", "no-store"),
            (reply.StatusCode, $"{reply.Content.Headers.ContentType}", $"{reply.Headers.CacheControl}"));
        var paths = ((Newtonsoft.Json.Linq.JArray)FriendCity.Serialization.Json.Parse(await reply.Content.ReadAsStringAsync(Token)))
            .Select(path => (string)path!).ToList();
        Assert.Contains("current.json", paths);
        Assert.Contains(Figures, paths);
        Assert.Contains("contract/1/schema.json", paths);
        Assert.Contains($"snapshots/{published.Id}/manifest.json", paths);
        foreach (var path in paths)
        {
            using var file = await SendAsync("HEAD", path);
            Assert.True(file.StatusCode == HttpStatusCode.OK, path);
        }
    }

    [Fact]
    public async Task The_base_address_answers_before_the_first_snapshot() =>
        Assert.DoesNotContain("snapshots/", (await (await azurite.SampleOfficeAsync()).CallAsync("GET", "/powerbi/data")).Is(200).Text,
            StringComparison.Ordinal);

    [Fact]
    public async Task The_key_may_stand_in_the_query_and_needs_the_scope_read()
    {
        using var anyone = published.App.NewClient();
        var address = $"/powerbi/data/{Figures}";
        (await anyone.CallAsync("GET", $"{address}?code={published.App.Key}", null, [])).Is(200);
        (await anyone.CallAsync("GET", address, null, [])).IsProblem(401, "unauthenticated");
        (await anyone.CallAsync("GET", $"{address}?code={await published.App.KeyAsync("writer", Scopes.Write)}", null, []))
            .IsProblem(403, "forbidden");
        (await published.App.CallAsync("GET", $"{address}?x=1")).IsProblem(400, "bad_parameter");
        (await published.App.CallAsync("PUT", address, "{}")).IsProblem(405, "method_not_allowed");
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/powerbi/data/{path}");
        change?.Invoke(request);
        return await published.App.Client.SendAsync(request, Token);
    }
}
