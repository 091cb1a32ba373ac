using System.Collections.Concurrent;
using FriendCity.Tests.Support;
using Microsoft.Playwright;

namespace FriendCity.Tests.Browser.Dashboard;

/// <summary>A reader with the page open. Everything the browser complains about is kept, refused requests that a test asks for aside.</summary>
internal sealed class DashboardVisit : IAsyncDisposable
{
    private readonly IBrowserContext context;

    private DashboardVisit(IBrowserContext context, IPage page) => (this.context, Page) = (context, page);

    public IPage Page { get; }

    public ConcurrentQueue<string> Complaints { get; } = new();

    public static Task<DashboardVisit> OpenAsync(
        ChromiumBrowser browser, DashboardSite site, string query = "?lang=en&view=article", string locale = "en-GB", int width = 1280, int height = 900) =>
        OpenAsync(browser, site.Address, query, locale, width, height);

    /// <summary>Likewise over a service that is at an address.</summary>
    public static async Task<DashboardVisit> OpenAsync(
        ChromiumBrowser browser, Uri address, string query, string locale = "en-GB", int width = 1280, int height = 900)
    {
        var tab = await browser.NewContextAsync(new()
        {
            Locale = locale,
            ViewportSize = new() { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
            BaseURL = address.ToString(),
        });
        var page = await tab.NewPageAsync();
        page.SetDefaultTimeout(15_000);
        var visit = new DashboardVisit(tab, page);
        page.Console += (_, message) =>
        {
            // The browser itself reports every answer of 400 and above; those are what some tests are about.
            if (message.Type is "error" or "warning" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                visit.Complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => visit.Complaints.Enqueue(error);
        page.RequestFailed += (_, request) => visit.Complaints.Enqueue($"{request.Url}: {request.Failure}");
        await page.GotoAsync("/dashboard" + query);
        return visit;
    }

    public async Task<DashboardVisit> SignInAsync(string key = DashboardSite.Key)
    {
        await Page.Locator("#key").FillAsync(key);
        await Page.Locator("#key").PressAsync("Enter");
        return this;
    }

    /// <summary>Waits until the figures are on the screen and gives the whole text of the page.</summary>
    public async Task<string> ReadAsync()
    {
        await Page.Locator(".board").WaitForAsync();
        await Page.Locator("main:not([aria-busy])").WaitForAsync();
        return await Page.Locator("main").InnerTextAsync();
    }

    public Task<string> TextOfAsync(string selector) => Page.Locator(selector).InnerTextAsync();

    public ValueTask DisposeAsync() => context.DisposeAsync();
}
