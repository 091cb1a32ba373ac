using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using FriendCity.Dashboard;
using Microsoft.Extensions.Configuration;

namespace FriendCity.Tests.Dashboard;

public sealed class DeliveryTests
{
    [Theory]
    [InlineData("/dashboard", "text/html")]
    [InlineData("/dashboard/", "text/html")]
    [InlineData("/dashboard/app.js", "text/javascript")]
    [InlineData("/dashboard/style.css", "text/css")]
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
        using var first = await client.GetAsync("/dashboard/app.js");

        using var same = await AskAsync(client, "/dashboard/app.js", first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        Assert.Empty(await same.Content.ReadAsByteArrayAsync());
        Assert.Equal(first.Headers.ETag, same.Headers.ETag);

        using var other = await AskAsync(client, "/dashboard/style.css", first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData("/dashboard/nothing.js")]
    [InlineData("/dashboard/index.html")]
    [InlineData("/dashboard/App.js")]
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
        var (now, article) = (DashboardAssets.Find("", "now")!, DashboardAssets.Find(null, "article")!);

        Assert.NotEqual(now.ETag, article.ETag);
        Assert.Contains("data-default-view=\"article\"", System.Text.Encoding.UTF8.GetString(article.Content), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "now")]
    [InlineData("", "now")]
    [InlineData("article", "article")]
    public void The_default_view_is_now_unless_set(string? setting, string expected) => Assert.Equal(expected, Settings(setting).DefaultView().Name);

    [Fact]
    public void A_misspelt_default_view_is_refused_by_name()
    {
        var refusal = Assert.Throws<StartUpException>(() => Settings("artcle").DefaultView());
        Assert.Equal("The setting 'DefaultView' is one of article, now, not 'artcle'.", refusal.Message);
    }

    [Fact]
    public void No_file_names_an_address_elsewhere()
    {
        foreach (var name in DashboardAssets.Names.Append(null))
        {
            var text = System.Text.Encoding.UTF8.GetString(DashboardAssets.Find(name, "now")!.Content);
            Assert.DoesNotContain("//", text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal)
                .Replace("// ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    private static IConfiguration Settings(string? view) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("DefaultView", view)]).Build();

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, string path, EntityTagHeaderValue known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(known);
        return await client.SendAsync(request);
    }
}
