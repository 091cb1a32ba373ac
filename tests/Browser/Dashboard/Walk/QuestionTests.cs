using FriendCity.Tests.Support;


namespace FriendCity.Tests.Browser.Dashboard.Walk;

/// <summary>The documentation's questions lead to panels that are on the page, in two clicks at most, and no panel is left out.</summary>
public sealed class QuestionTests(ChromiumBrowser browser)
{
    private static readonly QuestionPage English = QuestionPage.Read("dashboard.md");

    [Fact]
    public void Both_languages_ask_the_same_and_nothing_takes_more_than_two_clicks()
    {
        var chinese = QuestionPage.Read("dashboard.zh-CN.md");
        Assert.True(English.Questions.Count > 30);
        Assert.Equal(English.Questions.Select(Shape), chinese.Questions.Select(Shape));
        Assert.All(English.Questions, question => Assert.True(question.Panels.Count > 0 && question.Clicks.Count > 0, question.Text));
        Assert.All(English.Questions.SelectMany(question => question.Clicks), clicks => Assert.InRange(clicks, 0, 2));

        static (string, string, bool) Shape(Question question) =>
            (string.Join(' ', question.Panels), string.Join(' ', question.Clicks), question.Chapter.Length > 0);
    }

    [Fact]
    public async Task Every_panel_that_answers_is_on_the_page_and_every_panel_answers_something()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await (await DashboardVisit.OpenAsync(browser, site, "?lang=en&view=now")).SignInAsync();
        await visit.ReadAsync();
        foreach (var panel in English.Panels)
            Assert.True(await visit.Page.Locator($"#{panel}").IsVisibleAsync(), panel);
        await visit.Page.GotoAsync("/dashboard?lang=en&view=now#quality");
        await visit.ReadAsync();
        await visit.Page.WaitForFunctionAsync("() => Math.abs(document.getElementById('quality').getBoundingClientRect().top) < innerHeight");
        var panels = await visit.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('.panel')].map(panel => panel.id)");
        Assert.Equal(English.Panels.Order(StringComparer.Ordinal), panels.Order(StringComparer.Ordinal));
    }
}
