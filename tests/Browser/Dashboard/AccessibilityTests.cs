using Deque.AxeCore.Playwright;
using FriendCity.Tests.Support;
using Microsoft.Playwright;

namespace FriendCity.Tests.Browser.Dashboard;

/// <summary>axe finds nothing on any state of the page, in both languages, light and dark, wide and narrow.</summary>
public sealed class AccessibilityTests(ChromiumBrowser browser)
{
    [Theory]
    [InlineData("zh-CN", "article", 1280, ColorScheme.Light)]
    [InlineData("en", "now", 1280, ColorScheme.Dark)]
    [InlineData("zh-CN", "now", 390, ColorScheme.Dark)]
    [InlineData("en", "article", 1920, ColorScheme.Light)]
    public async Task The_board_is_for_everybody(string language, string view, int width, ColorScheme colours)
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await OpenAsync(site, $"?lang={language}&view={view}", width, colours);
        await visit.ReadAsync();
        await visit.Page.EvaluateAsync("for (const part of document.querySelectorAll('details')) part.open = true");
        await ClearAsync(visit);
        await visit.Page.Locator("#map-table").ClickAsync();
        await ClearAsync(visit);
    }

    [Theory]
    [InlineData("&open=K03")]
    [InlineData("&open=tie:R01")]
    public async Task So_is_what_a_number_opens(string open)
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await OpenAsync(site, $"?lang=en&view=article{open}", 1280, ColorScheme.Light);
        await visit.Page.Locator(".drawer tbody tr").First.WaitForAsync();
        await ClearAsync(visit);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task So_are_the_form_and_the_states_without_figures(ColorScheme colours)
    {
        await using var site = await DashboardSite.StartAsync();
        site.Data = _ => SamplePage.EmptyAsync(chinese: false);
        await using var visit = await DashboardVisit.OpenAsync(browser, site, "?lang=en&view=now");
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = colours });
        await ClearAsync(visit);
        await visit.SignInAsync();
        await visit.Page.Locator(".empty").WaitForAsync();
        await ClearAsync(visit);
        site.Data = _ => Task.FromResult(SamplePage.Problem(503, "Storage does not answer", code: "storage_unavailable"));
        await visit.Page.Locator("#refresh").ClickAsync();
        await visit.Page.Locator(".failing").WaitForAsync();
        await ClearAsync(visit);
    }

    private async Task<DashboardVisit> OpenAsync(DashboardSite site, string query, int width, ColorScheme colours)
    {
        var visit = await DashboardVisit.OpenAsync(browser, site, query, width: width);
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = colours });
        return await visit.SignInAsync();
    }

    private static async Task ClearAsync(DashboardVisit visit) => Assert.Equal([], (await visit.Page.RunAxe()).Violations
        .Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Select(node => node.Target.ToString()))}"));
}
