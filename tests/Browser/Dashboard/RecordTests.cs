using System.IO.Compression;
using FriendCity.Tests.Support;
using Microsoft.Playwright;

namespace FriendCity.Tests.Browser.Dashboard;

/// <summary>The page over the real service: from a number to its rows, from a row to its record with history, and the briefing in one click.</summary>
public sealed class RecordTests(Azurite azurite, ChromiumBrowser browser)
{
    [Theory]
    [InlineData("en", "Relationships", "Friend city", "Versions: 1")]
    [InlineData("zh-CN", "友城关系", "友好城市", "历史 1 版")]
    public async Task A_row_opens_its_record_with_history_in_words(string language, string type, string stage, string history)
    {
        var app = await azurite.SampleOfficeAsync();
        await using var tab = await OpenAsync(app, $"?lang={language}&view=article&open=K03");
        var page = tab.Pages[0];
        await page.Locator(".drawer tbody button", new() { HasText = "R01" }).ClickAsync();
        await page.Locator(".versions li").First.WaitForAsync();

        var text = await page.Locator(".drawer").InnerTextAsync();
        Assert.Contains($"{type} › R01", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(stage, text, StringComparison.Ordinal);
        Assert.Contains(history, text, StringComparison.Ordinal);
        Assert.DoesNotContain("FRIEND_CITY", text, StringComparison.Ordinal);
        Assert.EndsWith("open=record%3Arelationships%2FR01", page.Url, StringComparison.Ordinal);

        // The address is the state: whoever opens it sees the same; back leads to the number.
        // The document that names everything is not sent again.
        var words = await page.RunAndWaitForResponseAsync(() => page.ReloadAsync(),
            response => response.Url.EndsWith("/openapi.json", StringComparison.Ordinal));
        Assert.InRange((await words.Request.SizesAsync()).ResponseBodySize, 0, 1000);
        await page.Locator(".versions li").First.WaitForAsync();
        await page.GoBackAsync();
        await page.Locator(".drawer-figure").WaitForAsync();
    }

    [Fact]
    public async Task What_changed_stands_version_by_version()
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        Assert.Equal(200, (await app.SendAsync("PATCH", "/api/v1/cities/RUPEE", """{"nameEn":"Perm <i>city</i>"}""", "\"1\"",
            "application/merge-patch+json")).Status);
        await using var tab = await OpenAsync(app, "?lang=en&view=article&open=record:cities/RUPEE");
        var page = tab.Pages[0];
        await page.Locator(".versions ins").WaitForAsync();
        Assert.Equal("Perm <i>city</i>", await page.Locator(".drawer h2").InnerTextAsync());
        Assert.Equal(["Perm"], await page.Locator(".versions del").AllInnerTextsAsync());
        Assert.Equal(["Perm <i>city</i>"], await page.Locator(".versions ins").AllInnerTextsAsync());
    }

    [Fact]
    public async Task The_briefing_is_one_click_away()
    {
        await using var tab = await OpenAsync(await azurite.SampleOfficeAsync(), "?lang=zh-CN&view=article");
        var page = tab.Pages[0];
        await page.Locator(".board").WaitForAsync();
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByText("下载简报").ClickAsync());
        Assert.Equal("briefing-2024-03-25.docx", file.SuggestedFilename);
        using var archive = await ZipFile.OpenReadAsync(await file.PathAsync(), TestContext.Current.CancellationToken);
        Assert.NotNull(archive.GetEntry("word/document.xml"));
    }

    private async Task<IBrowserContext> OpenAsync(TestApp app, string query)
    {
        var tab = await browser.NewContextAsync(new() { BaseURL = app.Address.ToString(), ReducedMotion = ReducedMotion.Reduce });
        var page = await tab.NewPageAsync();
        page.SetDefaultTimeout(20_000);
        await page.GotoAsync("/dashboard" + query);
        await page.Locator("#key").FillAsync(app.Key);
        await page.Locator("#key").PressAsync("Enter");
        return tab;
    }
}
