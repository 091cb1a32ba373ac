using FriendCity.Tests.Support;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(ChromiumBrowser))]

namespace FriendCity.Tests.Support;

/// <summary>One Chromium for the whole run, started by the first test that needs it. Every test gets a fresh context: no storage is shared.</summary>
public sealed class ChromiumBrowser : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium-headless-shell";

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-default-apps", "--disable-sync", "--disable-extensions",
    ];

    private readonly SemaphoreSlim gate = new(1, 1);
    private IPlaywright? playwright;
    private IBrowser? browser;

    public async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options)
    {
        Assert.SkipUnless(File.Exists(Chromium), $"{Chromium} is missing; install chromium-headless-shell and fonts-noto-cjk to run the browser tests.");
        return await (await StartAsync()).NewContextAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.DisposeAsync();
        playwright?.Dispose();
        gate.Dispose();
    }

    private async Task<IBrowser> StartAsync()
    {
        await gate.WaitAsync();
        try
        {
            playwright ??= await Playwright.CreateAsync();
            return browser ??= await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = Arguments });
        }
        finally
        {
            gate.Release();
        }
    }
}
