using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FriendCity.Dashboard;
using FriendCity.Http;
using FriendCity.Kpis.Model;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace FriendCity.Tests.Browser.Dashboard;

public sealed class DeliveryTests
{
    [Theory]
    [InlineData("/dashboard", "text/html")]
    [InlineData("/dashboard/", "text/html")]
    [InlineData("/dashboard/page.js", "text/javascript")]
    [InlineData("/dashboard/page-style.css", "text/css")]
    [InlineData("/dashboard/icon.svg", "image/svg+xml")]
    public async Task Every_file_comes_with_its_type_and_the_strict_policy(string path, string type)
    {
        await using var site = await DashboardSite.StartAsync();
        using var client = new HttpClient { BaseAddress = site.Address };
        using var answer = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-cache", answer.Headers.CacheControl!.ToString());
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; font-src 'self'; "
                + "base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
            answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task A_file_the_browser_has_is_not_sent_again()
    {
        await using var site = await DashboardSite.StartAsync();
        using var client = new HttpClient { BaseAddress = site.Address };
        using var first = await client.GetAsync("/dashboard/page.js");

        using var same = await AskAsync(client, "/dashboard/page.js", first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Empty(await same.Content.ReadAsByteArrayAsync());
        Assert.Equal(first.Headers.ETag, same.Headers.ETag);

        using var other = await AskAsync(client, "/dashboard/style.css", first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData("/dashboard/nothing.js")]
    [InlineData("/dashboard/index.html")]
    [InlineData("/dashboard/Page.js")]
    [InlineData("/dashboard/..%2Fhost.json")]
    public async Task An_unknown_file_is_a_problem(string path)
    {
        await using var site = await DashboardSite.StartAsync();
        using var client = new HttpClient { BaseAddress = site.Address };
        using var answer = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("not_found", problem.RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public void The_page_has_an_ETag_of_its_own_for_each_default_view()
    {
        var (now, article) = (DashboardAssets.Find("", Sample.Views)!,
            DashboardAssets.Find(null, Sample.Views with { Standard = Sample.Article })!);

        Assert.NotEqual(now.ETag, article.ETag);
        Assert.Contains("data-default-view=\"article\"", Encoding.UTF8.GetString(article.Content), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_has_a_button_for_each_view_of_the_office_and_no_other()
    {
        var page = Encoding.UTF8.GetString(DashboardAssets.Find("", new([new("2030", null, "members", [], null), KpiPresets.World],
            KpiPresets.World))!.Content);
        Assert.Equal(["now", "2030"], page.Split("data-view=\"").Skip(1).Select(part => part[..part.IndexOf('"', StringComparison.Ordinal)]));
    }

    [Fact]
    public void No_page_and_no_style_names_an_address_elsewhere()
    {
        foreach (var name in DashboardAssets.Names.Where(name => !name.EndsWith(".js", StringComparison.Ordinal)).Append(null))
            Assert.DoesNotContain("//", TextOf(DashboardAssets.Find(name, Sample.Views)!)
                .Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void No_script_and_no_style_is_inside_the_page()
    {
        var page = Encoding.UTF8.GetString(DashboardAssets.Find(null, Sample.Views)!.Content);
        Assert.DoesNotMatch(@"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", page);
    }

    /// <summary>
    /// What a reader waits for on a slow line: scripts and styles as they are held, page and figures as the quickest compression leaves them.
    /// </summary>
    [Fact]
    public async Task The_first_view_is_small()
    {
        var files = DashboardAssets.Names.Where(name => name.StartsWith("pa", StringComparison.Ordinal)).Append(null)
            .Select(name => DashboardAssets.Find(name, Sample.Views)!).Sum(file => file.IsCompressed ? file.Content.Length : Compressed(file.Content));
        var figures = Compressed(Encoding.UTF8.GetBytes((await SamplePage.AnswerAsync(Sample.Views.Now, chinese: true)).ToJsonString()));
        Assert.InRange(files + figures, 100_000, 260 * 1024);
    }

    [Theory]
    [InlineData("gzip, br", "gzip")]
    [InlineData("identity", null)]
    public async Task Scripts_and_styles_are_the_same_for_who_takes_them_compressed_and_who_does_not(string asked, string? coding)
    {
        await using var site = await DashboardSite.StartAsync();
        using var client = new HttpClient { BaseAddress = site.Address };
        foreach (var name in new[] { "page.js", "page-style.css" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/dashboard/{name}");
            request.Headers.TryAddWithoutValidation("Accept-Encoding", asked);
            using var answer = await client.SendAsync(request);
            Assert.Equal(coding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
            var body = await answer.Content.ReadAsByteArrayAsync();
            var file = DashboardAssets.Find(name, Sample.Views)!;
            Assert.Equal(TextOf(file), coding is null ? Encoding.UTF8.GetString(body) : TextOf(file with { Content = body }));
        }
    }

    private static string TextOf(StaticFile file)
    {
        using var text = new StreamReader(file.IsCompressed
            ? new GZipStream(new MemoryStream(file.Content), CompressionMode.Decompress) : new MemoryStream(file.Content));
        return text.ReadToEnd();
    }

    private static int Compressed(byte[] content)
    {
        using var file = new MemoryStream();
        using (var zip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(content);
        return (int)file.Length;
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string path, EntityTagHeaderValue known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(known);
        return await client.SendAsync(request);
    }
}
