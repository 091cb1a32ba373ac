using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;


namespace FriendCity.Tests.Browser.Http;

/// <summary>What a real browser lets a page of another origin do with the API.</summary>
public sealed class CrossOriginBrowserTests(Azurite azurite, ChromiumBrowser browser)
{
    /// <summary>Lists and patches as a page does, and answers what it was told: two statuses and how the new ETag begins, or that it was kept from it.</summary>
    private const string Script = """
        async ({ address, path, key }) => {
            try {
                const list = await fetch(address + 'api/v1/cities', { headers: { 'X-Api-Key': key } });
                const patched = await fetch(address + path, {
                    method: 'PATCH', body: '{"nameEn":"Renamed"}',
                    headers: { 'X-Api-Key': key, 'If-Match': '*', 'Content-Type': 'application/merge-patch+json' },
                });
                return [list.status, patched.status, patched.headers.get('ETag')?.slice(0, 2)].join(' ');
            } catch (fault) { return fault.name; }
        }
        """;

    [Theory]
    [InlineData(true, "200 200 \"2")]
    [InlineData(false, "TypeError")]
    public async Task A_page_of_an_origin_that_is_set_lists_and_patches_and_one_of_another_cannot(bool isSet, string told)
    {
        await using var site = WebApplication.CreateSlimBuilder().Build();
        site.Urls.Add("http://127.0.0.1:0");
        site.MapGet("/", () => Results.Content("<!doctype html>", "text/html"));
        await site.StartAsync(TestContext.Current.CancellationToken);
        var origin = site.Urls.Single();
        await using var app = await azurite.OfficeAsync(
            replace: builder => builder.Configuration["CorsOrigins"] = isSet ? origin : "http://partner.example");
        var tag = await app.CreateAsync("tags", new() { ["kind"] = "goal", ["nameEn"] = "New", ["nameZh"] = "新" });
        await using var tab = await browser.NewContextAsync(new());
        var page = await tab.NewPageAsync();
        await page.GotoAsync(origin);

        Assert.Equal(told, await page.EvaluateAsync<string>(Script, new { address = app.Address.AbsoluteUri, path = tag.TrimStart('/'), key = app.Key }));
        Assert.Equal(isSet ? "Renamed" : "New", (string?)(await app.GetAsync(tag))["nameEn"]);
    }
}
