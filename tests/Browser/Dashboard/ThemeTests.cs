using Deque.AxeCore.Playwright;
using FriendCity.Tests.Support;
using Microsoft.Playwright;

namespace FriendCity.Tests.Browser.Dashboard;

/// <summary>Colours: the system's until the reader chooses, then the reader's, also after the tab is closed.</summary>
public sealed class ThemeTests(ChromiumBrowser browser)
{
    [Theory]
    [InlineData(ColorScheme.Light, "light")]
    [InlineData(ColorScheme.Dark, "dark")]
    public async Task Until_a_reader_chooses_the_systems_colours_are_shown_and_followed(ColorScheme colours, string theme)
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await DashboardVisit.OpenAsync(browser, site);
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = colours });
        await visit.Page.Locator($"html[data-theme={theme}]").WaitForAsync();
        Assert.Equal("auto", await visit.Page.Locator("#theme").InputValueAsync());
    }

    [Theory]
    [InlineData("dark", "rgb(11, 19, 25)")]
    [InlineData("contrast", "rgb(255, 255, 255)")]
    public async Task What_a_reader_chose_is_remembered_and_for_everybody(string theme, string paper)
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await (await DashboardVisit.OpenAsync(browser, site)).SignInAsync();
        await visit.ReadAsync();
        await visit.Page.Locator("#theme").SelectOptionAsync(theme);
        await visit.Page.ReloadAsync();
        await visit.ReadAsync();

        Assert.Equal(theme, await visit.Page.Locator("#theme").InputValueAsync());
        Assert.Equal(paper, await visit.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor"));
        Assert.Equal([], (await visit.Page.RunAxe()).Violations
            .Select(violation => $"{violation.Id}: {string.Join(", ", violation.Nodes.Select(node => node.Target.ToString()))}"));
        Assert.Empty(visit.Complaints);
    }
}
