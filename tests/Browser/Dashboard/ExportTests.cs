using System.Text;
using FriendCity.Tests.Support;
using Microsoft.Playwright;

namespace FriendCity.Tests.Browser.Dashboard;

/// <summary>What is seen leaves the page: as a picture, as a table, on one sheet of paper.</summary>
public sealed class ExportTests(ChromiumBrowser browser)
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    [Theory]
    [InlineData("#map-save", "map-2024-03-25.png")]
    [InlineData("#time-save", "time-2024-03-25.png")]
    public async Task A_picture_is_saved_with_something_on_it(string button, string name)
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await OpenAsync(site, "en");
        await visit.Page.Locator(".time-chart canvas").WaitForAsync();
        var bytes = await SavedAsync(visit, button, name);
        Assert.Equal(Png, bytes[..4]);
        Assert.True(bytes.Length > 8_000, $"{bytes.Length} bytes");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_maps_table_is_saved_as_it_stands()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await OpenAsync(site, "zh-CN");
        await visit.Page.Locator("#map-table").ClickAsync();
        var lines = Encoding.UTF8.GetString(await SavedAsync(visit, "#map-save", "map-2024-03-25.csv")).Split("\r\n");
        Assert.StartsWith("\ufeff\"城市\",\"国家\",\"阶段\"", lines[0], StringComparison.Ordinal);
        Assert.Equal(1 + 13 + 3 + 7, lines.Length);
    }

    [Theory]
    [InlineData("en", "article")]
    [InlineData("en", "now")]
    [InlineData("zh-CN", "now")]
    public async Task Printed_it_is_one_sheet_of_A4(string language, string view)
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await OpenAsync(site, language, view);
        await visit.Page.Locator(".time-chart canvas").WaitForAsync();
        var pdf = Encoding.Latin1.GetString(await visit.Page.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = true }));
        Assert.Equal(1, pdf.Split("/Type /Page\n").Length - 1);

        // What a sheet has to say of itself, and the page need not.
        Assert.False(await visit.Page.Locator(".printed").IsVisibleAsync());
        await visit.Page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.True(await visit.Page.Locator(".printed").IsVisibleAsync());
        var foot = await visit.TextOfAsync(".printed");
        Assert.StartsWith(language == "en" ? view == "now" ? "4 of 17 ties" : "6 of 13 ties" : "17 条友城记录中 4 条", foot, StringComparison.Ordinal);
        Assert.EndsWith($"/dashboard?lang={language}&view={view}", foot, StringComparison.Ordinal);
    }

    private async Task<DashboardVisit> OpenAsync(DashboardSite site, string language, string view = "article")
    {
        var visit = await (await DashboardVisit.OpenAsync(browser, site, $"?lang={language}&view={view}")).SignInAsync();
        await visit.ReadAsync();
        return visit;
    }

    private static async Task<byte[]> SavedAsync(DashboardVisit visit, string button, string name)
    {
        var file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.Locator(button).ClickAsync());
        Assert.Equal(name, file.SuggestedFilename);
        return await File.ReadAllBytesAsync(await file.PathAsync());
    }
}
