using System.Globalization;
using FriendCity.Benchmarks.Store;
using Microsoft.Playwright;

namespace FriendCity.Benchmarks.Pages;

/// <summary>
/// The dashboard in a real browser: when a reader with an empty cache sees figures and can use all of it; and, over thousands of cities, how smoothly
/// the map is dragged and how large the largest answer is.
/// </summary>
internal static class PageTimes
{
    private const string Chromium = "/usr/bin/chromium-headless-shell";
    private const int Cities = 5000;
    private const int Steps = 240;
    private const double MostBytes = 2_000_000;

    /// <summary>Notes when the first figure is painted, and when the chart, which comes last, is there.</summary>
    private const string Watch = """
        window.times = {};
        new MutationObserver(() => {
          const note = name => requestAnimationFrame(() => { window.times[name] ??= performance.now(); });
          if (document.querySelector('#headline-cities strong')) note('figures');
          if (document.querySelector('.time-chart canvas') && document.querySelector('#map .map-view')) note('all');
        }).observe(document, { childList: true, subtree: true });
        """;

    private const string Frames = """
        () => new Promise(done => {
          window.frames_ = []; window.counting = true;
          const frame = at => { window.frames_.push(at); if (window.counting) requestAnimationFrame(frame); };
          requestAnimationFrame(at => { frame(at); done(); });
        })
        """;

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        if (!File.Exists(Chromium))
            throw new FormatException($"The benchmark of the page needs {Chromium}.");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        return [.. await ColdAsync(context, browser), .. await ManyAsync(context, browser)];
    }

    private static async Task<IReadOnlyList<Line>> ColdAsync(BenchContext context, IBrowser browser)
    {
        var store = await context.StoreAsync();
        await using var server = await context.ServiceAsync(Loaded.Sample);
        var (figures, all) = (new List<double>(), new List<double>());
        // The first visit is the service's warming-up; a new context has nothing kept.
        for (var round = 0; round <= context.Options.Rounds; round++)
        {
            await using var tab = await OpenAsync(browser, server, store.Key(Loaded.Sample));
            await tab.Pages[0].WaitForFunctionAsync("() => window.times.figures && window.times.all");
            if (round == 0)
                continue;
            figures.Add(await tab.Pages[0].EvaluateAsync<double>("window.times.figures"));
            all.Add(await tab.Pages[0].EvaluateAsync<double>("window.times.all"));
        }

        return
        [
            Line.Limit("page: first figures visible, empty cache, median", "ms", Median(figures), 1000),
            Line.Limit("page: all of it there, empty cache, median", "ms", Median(all), 1500),
        ];
    }

    private static async Task<IReadOnlyList<Line>> ManyAsync(BenchContext context, IBrowser browser)
    {
        var store = await context.StoreAsync();
        var account = store.EmptyAccount();
        await ManyCities.PutAsync(store, account, Cities, context.Options.Rows);
        await using var server = context.Service(account);
        await server.AnswersAsync("health/ready", TimeSpan.FromMinutes(5));
        await using var tab = await OpenAsync(browser, server, await BenchStore.AddKeyAsync(account), navigate: false);
        var page = tab.Pages[0];
        page.SetDefaultTimeout(120_000);
        var sizes = new List<Task<RequestSizesResult>>();
        page.RequestFinished += (_, request) => sizes.Add(request.SizesAsync());
        await page.GotoAsync($"{server.Address}dashboard?view=now&lang=en");
        await page.Locator(".map-many").WaitForAsync();
        await page.WaitForFunctionAsync("() => window.times.all");

        var box = (await page.Locator(".map-view").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Mouse.DownAsync();
        await page.EvaluateAsync(Frames);
        for (var i = 1; i <= Steps; i++)
            await page.Mouse.MoveAsync((float)(box.X + (box.Width / 2) + (120 * Math.Sin(i / 12.0))), box.Y + (box.Height / 2) + (i % 60));
        var times = await page.EvaluateAsync<double[]>("() => { window.counting = false; return window.frames_; }");
        await page.Mouse.UpAsync();
        var largest = (await Task.WhenAll(sizes)).Max(size => size.ResponseBodySize);
        return
        [
            Line.Note(string.Create(CultureInfo.InvariantCulture, $"page: first figures of {Cities} cities"), "ms",
                await page.EvaluateAsync<double>("window.times.figures")),
            Line.Floor(string.Create(CultureInfo.InvariantCulture, $"page: map of {Cities} cities dragged"), "frames/s",
                1000 * (times.Length - 1) / (times[^1] - times[0]), 30),
            Line.Limit("page: the largest answer as it is sent", "bytes", largest, MostBytes),
        ];
    }

    private static async Task<IBrowserContext> OpenAsync(IBrowser browser, ServerProcess server, string key, bool navigate = true)
    {
        var tab = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        await tab.AddInitScriptAsync($"sessionStorage.setItem('friendcity.key', '{key}');\n{Watch}");
        var page = await tab.NewPageAsync();
        if (navigate)
            await page.GotoAsync($"{server.Address}dashboard?view=now&lang=zh-CN");
        return tab;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
