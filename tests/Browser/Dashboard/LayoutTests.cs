using FriendCity.Tests.Support;


namespace FriendCity.Tests.Browser.Dashboard;

public sealed class LayoutTests(ChromiumBrowser browser)
{
    [Theory]
    [InlineData("zh-CN", 360)]
    [InlineData("en", 360)]
    [InlineData("en", 768)]
    [InlineData("zh-CN", 1920)]
    public async Task Nothing_scrolls_sideways(string language, int width)
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await DashboardVisit.OpenAsync(browser, site, $"?lang={language}&view=article", width: width);
        Assert.Equal(0, await OverflowAsync(visit));

        await visit.SignInAsync();
        await visit.ReadAsync();
        Assert.Equal(0, await OverflowAsync(visit));

        foreach (var summary in await visit.Page.Locator("summary").AllAsync())
            await summary.ClickAsync();
        Assert.Equal(0, await OverflowAsync(visit));
    }

    [Fact]
    public async Task Every_control_is_reached_by_keyboard_and_has_a_name()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await (await DashboardVisit.OpenAsync(browser, site)).SignInAsync();
        await visit.ReadAsync();
        var controls = await visit.Page.Locator("a:visible, button:visible, summary:visible").CountAsync();
        await visit.Page.EvaluateAsync("document.activeElement.blur()");

        var reached = new HashSet<string>(StringComparer.Ordinal);
        for (var step = 0; step < controls * 2; step++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            reached.Add(await visit.Page.EvaluateAsync<string>(
                """
                () => {
                  const element = document.activeElement;
                  if (!element.matches('a, button, summary')) return 'other';
                  if (element.textContent.trim() === '') throw new Error('A control has no name: ' + element.outerHTML);
                  return [...document.querySelectorAll('a, button, summary')].indexOf(element).toString();
                }
                """));
        }

        reached.Remove("other");
        Assert.Equal(controls, reached.Count);
    }

    // The page's own scroll width, and any element that sticks out of the window where its container would hide it.
    private static Task<int> OverflowAsync(DashboardVisit visit) =>
        visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}
