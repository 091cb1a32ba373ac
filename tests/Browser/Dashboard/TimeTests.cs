using FriendCity.Tests.Support;
using Microsoft.Playwright;

namespace FriendCity.Tests.Browser.Dashboard;

/// <summary>The slider moves every panel to its day, and the address with it.</summary>
public sealed class TimeTests(ChromiumBrowser browser)
{
    [Fact]
    public async Task A_month_back_is_a_key_away_and_moves_every_panel()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await OpenAsync(site);
        await visit.Page.Locator("#slider").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Home");
        await AsOfAsync(visit, "31 January 2018");

        var answer = await SamplePage.AnswerAsync(Sample.Article, "2018-01-31");
        var cities = (int)SamplePage.Figure(answer, "K03")["value"]!;
        Assert.Equal($"{cities}", await visit.TextOfAsync("#headline-cities strong"));
        Assert.Equal(cities, await visit.Page.Locator("#map .arc").CountAsync());
        Assert.Equal(cities, await visit.Page.Locator("#ladder tbody tr").CountAsync());
        Assert.Equal("January 2018: 4 cities", await visit.Page.Locator("#slider").GetAttributeAsync("aria-valuetext"));
        Assert.Contains("asOf=2018-01-31", visit.Page.Url, StringComparison.Ordinal);

        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await AsOfAsync(visit, "28 February 2018");
        await visit.Page.Keyboard.PressAsync("Shift+ArrowRight");
        await AsOfAsync(visit, "28 February 2019");
        await visit.Page.Locator("#latest").ClickAsync();
        await AsOfAsync(visit, "25 March 2024");
        Assert.DoesNotContain("asOf", visit.Page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain(visit.Complaints, complaint => !complaint.Contains("ERR_ABORTED", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_plays_from_the_beginning_and_stops_when_asked()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await OpenAsync(site);
        await visit.Page.Locator("#play").ClickAsync();
        await AsOfAsync(visit, "31 January 2018");
        await AsOfAsync(visit, "28 February 2018");
        await visit.Page.Locator("#play").ClickAsync();
        var stopped = await visit.Page.Locator("#slider").InputValueAsync();
        await visit.Page.Locator("#play[aria-label=Play]").WaitForAsync();
        Assert.InRange(int.Parse(stopped, null), 1, 5);
    }

    [Fact]
    public async Task The_day_in_the_address_is_the_day_of_the_page()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await OpenAsync(site, "&asOf=2019-12-31");
        Assert.Equal("31 December 2019", await visit.TextOfAsync("#as-of"));
        Assert.Equal("December 2019: 9 cities", await visit.TextOfAsync(".time-text"));
        await visit.Page.Locator(".time-chart canvas").WaitForAsync();
    }

    [Theory]
    [InlineData("asOf=2024-02-30", "The address asks for asOf=2024-02-30, which is not understood")]
    [InlineData("colour=red", "The address has a parameter colour, which does not exist")]
    [InlineData("open=nothing", "The address asks for open=nothing, which is not understood")]
    public async Task What_the_address_says_wrongly_is_told(string wrong, string notice)
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await OpenAsync(site, $"&{wrong}");
        Assert.StartsWith(notice, await visit.TextOfAsync(".notice"), StringComparison.Ordinal);
        Assert.Equal("13", await visit.TextOfAsync("#headline-cities strong"));
    }

    [Fact]
    public async Task Out_of_reach_the_figures_stay_with_the_time_at_which_they_were_read()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await OpenAsync(site);
        await visit.Page.RouteAsync("**/api/**", route => route.AbortAsync());
        await visit.Page.Locator("#refresh").ClickAsync();

        await visit.Page.Locator(".notice[role=alert]").WaitForAsync();
        Assert.Matches(@"^Offline · showing what was read at \d\d:\d\d\.", await visit.TextOfAsync(".notice"));
        Assert.Equal("13", await visit.TextOfAsync("#headline-cities strong"));
        await visit.Page.UnrouteAsync("**/api/**");
        await visit.Page.Locator(".notice button").ClickAsync();
        await visit.Page.Locator(".notice").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    private async Task<DashboardVisit> OpenAsync(DashboardSite site, string query = "")
    {
        var visit = await (await DashboardVisit.OpenAsync(browser, site, $"?lang=en&view=article{query}")).SignInAsync();
        await visit.ReadAsync();
        return visit;
    }

    private static Task AsOfAsync(DashboardVisit visit, string day) => visit.Page.Locator("#as-of", new() { HasText = day }).WaitForAsync();
}
