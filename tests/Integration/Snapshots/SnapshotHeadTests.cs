using System.Net;
using FriendCity.Tests.Integration.PowerBi;

namespace FriendCity.Tests.Integration.Snapshots;

/// <summary>Tools ask by HEAD how long a file is, and whether it can be had in parts, before they fetch any.</summary>
public sealed class SnapshotHeadTests(PublishedTestApp published) : IClassFixture<PublishedTestApp>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, InlineData(""), InlineData("/files/kpi_daily.parquet"), InlineData("/files/dim_city.csv")]
    public async Task Head_has_every_header_of_get_and_no_body(string file)
    {
        var path = $"/api/v1/snapshots/{published.Id}{file}";
        using var get = await SendAsync(HttpMethod.Get, path);
        using var head = await SendAsync(HttpMethod.Head, path);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(("bytes", (await get.Content.ReadAsByteArrayAsync(Token)).Length),
            (head.Headers.AcceptRanges.ToString(), (int?)head.Content.Headers.ContentLength));
        Assert.Equal(Headers(get), Headers(head));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Token));

        using var again = await SendAsync(HttpMethod.Head, path, ("If-None-Match", $"{get.Headers.ETag}"));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        using var part = await SendAsync(HttpMethod.Head, path, ("Range", "bytes=0-3"));
        Assert.Equal((HttpStatusCode.OK, head.Content.Headers.ContentLength), (part.StatusCode, part.Content.Headers.ContentLength));
    }

    [Theory, InlineData("none"), InlineData("{id}/files/none.csv")]
    public async Task Head_finds_no_more_than_get_does(string path)
    {
        using var head = await SendAsync(HttpMethod.Head, $"/api/v1/snapshots/{path.Replace("{id}", published.Id, StringComparison.Ordinal)}");
        Assert.Equal(HttpStatusCode.NotFound, head.StatusCode);
    }

    private static IEnumerable<string> Headers(HttpResponseMessage message) => message.Headers.Concat(message.Content.Headers)
        .Where(header => header.Key is not ("Date" or "RateLimit")).Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await published.App.Client.SendAsync(request, Token);
    }
}
