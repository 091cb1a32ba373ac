using System.IO.Compression;
using System.Text;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Http;

/// <summary>Text is compressed for who takes it, and each form has an ETag of its own (RFC 9110 8.8.3.3).</summary>
public sealed class CompressionTests(Azurite azurite)
{
    [Theory]
    [InlineData("/api/v1/cities/RULED")]
    [InlineData("/api/v1/cities")]
    [InlineData("/api/v1/kpis?view=article")]
    [InlineData("/api/v1/alerts")]
    [InlineData("/odata/Cities")]
    [InlineData("/dashboard")]
    [InlineData("/docs/problems")]
    [InlineData("/powerbi")]
    [InlineData("/api/v1/nothing")]
    public async Task Every_text_is_compressed_when_asked_and_only_then(string path)
    {
        var app = await azurite.SampleOfficeAsync();
        var plain = await app.CallAsync("GET", path);
        Assert.DoesNotContain("Content-Encoding", plain.Headers.Keys);
        foreach (var (asked, coding) in new[] { ("gzip", "gzip"), ("br;q=0.5, gzip", "gzip"), ("gzip, br", "br"), ("identity", null),
            ("gzip;q=0", null), ("*;q=0", null) })
        {
            var (headers, body) = await BytesAsync(app, path, ("Accept-Encoding", asked));
            Assert.Equal((asked, coding), (asked, headers.GetValueOrDefault("Content-Encoding")));
            var text = Encoding.UTF8.GetString(coding switch
            {
                "gzip" => Inflate(new GZipStream(new MemoryStream(body), CompressionMode.Decompress)),
                "br" => Inflate(new BrotliStream(new MemoryStream(body), CompressionMode.Decompress)),
                _ => body
            });
            Assert.Equal(plain.Text.Length, text.Length);
            if (coding is not null)
                Assert.Contains("Accept-Encoding", headers["Vary"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Figures_are_less_than_a_quarter_of_their_size()
    {
        var app = await azurite.SampleOfficeAsync();
        var plain = Encoding.UTF8.GetByteCount((await app.CallAsync("GET", "/api/v1/kpis?view=article")).Text);
        var (_, body) = await BytesAsync(app, "/api/v1/kpis?view=article", ("Accept-Encoding", "gzip"));
        Assert.InRange(body.Length, 1, plain / 4);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Each_form_of_a_record_is_told_apart_and_either_is_good_for_a_write(string coding)
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        var path = await app.CreateAsync("cities", DraftTestApp.City());
        var asked = ("Accept-Encoding", coding);
        var form = $"\"1-{coding}\"";
        var (first, _) = await BytesAsync(app, path, asked);
        Assert.Equal(form, first["ETag"]);
        Assert.Equal("\"1\"", (await app.CallAsync("GET", path)).ETag);

        var (unchanged, none) = await BytesAsync(app, path, asked, ("If-None-Match", form));
        Assert.Equal((form, 0, first["Cache-Control"], first["Vary"]),
            (unchanged["ETag"], none.Length, unchanged["Cache-Control"], unchanged["Vary"]));
        Assert.Equal("\"1\"", (await app.CallAsync("GET", path, headers: ("If-None-Match", "\"0\", \"1\""))).Is(304).ETag);
        (await app.CallAsync("GET", path, headers: ("If-None-Match", "\"2-gzip\""))).Is(200);

        (await app.CallAsync("PATCH", path, """{"nameEn":"Second"}""", form, ApiClient.MergePatch)).Is(200);
        (await app.CallAsync("PATCH", path, """{"nameEn":"Third"}""", form, ApiClient.MergePatch)).IsProblem(412, "stale_etag");
        (await app.CallAsync("PATCH", path, """{"nameEn":"Third"}""", "\"2\"", ApiClient.MergePatch)).Is(200);
    }

    private static byte[] Inflate(Stream stream)
    {
        using var all = new MemoryStream();
        using (stream)
            stream.CopyTo(all);
        return all.ToArray();
    }

    private static async Task<(Dictionary<string, string> Headers, byte[] Body)> BytesAsync(TestApp app, string path,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await app.Client.SendAsync(request);
        var all = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return (all, await response.Content.ReadAsByteArrayAsync());
    }
}
