using System.Text.Json.Nodes;
using FriendCity.Tests.Support;
using Microsoft.Playwright;

namespace FriendCity.Tests.Browser.Dashboard;

public sealed class StatesTests(ChromiumBrowser browser)
{
    [Fact]
    public async Task A_new_reader_is_asked_for_a_key_and_nothing_is_read_before()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await DashboardVisit.OpenAsync(browser, site);

        Assert.Contains("Enter your access key", await visit.TextOfAsync("form"), StringComparison.Ordinal);
        Assert.DoesNotContain(site.Requests, request => request.StartsWith("/api", StringComparison.Ordinal));
        Assert.False(await visit.Page.Locator("#signout").IsVisibleAsync());
        Assert.Equal("key", await visit.Page.EvaluateAsync<string>("document.activeElement.id"));
    }

    [Fact]
    public async Task The_key_is_asked_for_once_in_a_tab_and_never_stands_in_an_address()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await (await DashboardVisit.OpenAsync(browser, site)).SignInAsync();
        await visit.ReadAsync();
        await visit.Page.Locator("[data-view=now]").ClickAsync();
        await visit.ReadAsync();
        await visit.Page.ReloadAsync();
        await visit.ReadAsync();

        Assert.DoesNotContain(DashboardSite.Key, visit.Page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain(site.Requests, request => request.Contains(DashboardSite.Key, StringComparison.Ordinal));
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("localStorage.length + document.cookie.length"));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Signing_out_forgets_the_key()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await (await DashboardVisit.OpenAsync(browser, site)).SignInAsync();
        await visit.ReadAsync();
        await visit.Page.Locator("#signout").ClickAsync();

        await visit.Page.Locator("form").WaitForAsync();
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("sessionStorage.length"));
        Assert.Equal(0, await visit.Page.Locator(".board").CountAsync());
    }

    [Fact]
    public async Task An_unknown_key_brings_the_form_back_with_a_sentence()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await (await DashboardVisit.OpenAsync(browser, site)).SignInAsync("wrong");

        Assert.Equal("The registry does not accept this key. Please check it and enter it again.", await visit.TextOfAsync("#key-message"));
        await visit.SignInAsync();
        await visit.ReadAsync();
    }

    [Fact]
    public async Task A_key_without_the_right_to_read_says_so()
    {
        await using var site = await DashboardSite.StartAsync();
        site.Data = _ => Task.FromResult(SamplePage.Problem(403, "Not allowed"));
        await using var visit = await (await DashboardVisit.OpenAsync(browser, site, "?lang=zh-CN")).SignInAsync();

        Assert.Equal("这个密钥无权查看指标，请换一个密钥或联系管理员。", await visit.TextOfAsync("#key-message"));
    }

    [Fact]
    public async Task A_key_that_no_header_can_carry_is_refused_before_it_is_sent()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await (await DashboardVisit.OpenAsync(browser, site)).SignInAsync("密钥");

        Assert.StartsWith("A key holds only Latin letters", await visit.TextOfAsync("#key-message"), StringComparison.Ordinal);
        Assert.DoesNotContain(site.Requests, request => request.StartsWith("/api", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_the_figures_are_read_their_places_are_held()
    {
        var answer = new TaskCompletionSource<JsonObject>();
        await using var site = await DashboardSite.StartAsync();
        site.Data = _ => answer.Task;
        await using var visit = await (await DashboardVisit.OpenAsync(browser, site)).SignInAsync();

        await visit.Page.Locator(".loading").WaitForAsync();
        Assert.Equal(6, await visit.Page.Locator(".skeleton").CountAsync());
        Assert.Equal("true", await visit.Page.Locator("main").GetAttributeAsync("aria-busy"));
        Assert.Equal("Reading the figures…", await visit.TextOfAsync("#status"));

        answer.SetResult(await SamplePage.AnswerAsync(Sample.Article));
        await visit.ReadAsync();
        Assert.Null(await visit.Page.Locator("main").GetAttributeAsync("aria-busy"));
        Assert.Equal("Figures updated, as of 25 March 2024.", await visit.TextOfAsync("#status"));
    }

    [Theory]
    [InlineData("en", "The registry holds nothing to count yet", "then press “Refresh”")]
    [InlineData("zh-CN", "登记库中还没有可统计的记录", "然后点“刷新”")]
    public async Task An_empty_registry_says_what_to_do_and_fills_on_refresh(string language, string title, string advice)
    {
        await using var site = await DashboardSite.StartAsync();
        site.Data = _ => SamplePage.EmptyAsync(language == "zh-CN");
        await using var visit = await (await DashboardVisit.OpenAsync(browser, site, $"?lang={language}&view=now")).SignInAsync();

        Assert.Equal(title, await visit.TextOfAsync(".empty h2"));
        Assert.Contains(advice, await visit.TextOfAsync(".empty"), StringComparison.Ordinal);

        site.Data = _ => SamplePage.AnswerAsync(Sample.Article);
        await visit.Page.Locator("#refresh").ClickAsync();
        Assert.Contains("13", await visit.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_registry_is_named_and_can_be_tried_again()
    {
        await using var site = await DashboardSite.StartAsync();
        site.Data = _ => Task.FromResult(SamplePage.Problem(500, "The storage does not answer", "Try again in a minute.", "storage_unavailable"));
        await using var visit = await (await DashboardVisit.OpenAsync(browser, site)).SignInAsync();

        var text = await visit.TextOfAsync(".failing");
        Assert.Contains("The storage does not answer", text, StringComparison.Ordinal);
        Assert.Contains("Try again in a minute.", text, StringComparison.Ordinal);
        Assert.Contains("Error code: storage_unavailable", text, StringComparison.Ordinal);

        site.Data = _ => SamplePage.AnswerAsync(Sample.Article);
        await visit.Page.Locator(".failing button").ClickAsync();
        await visit.ReadAsync();
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_registry_out_of_reach_is_said_to_be_out_of_reach()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await DashboardVisit.OpenAsync(browser, site);
        await visit.Page.RouteAsync("**/api/**", route => route.AbortAsync());
        await visit.SignInAsync();

        Assert.Contains("The registry cannot be reached", await visit.TextOfAsync(".failing"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_answer_for_one_view_never_covers_the_view_chosen_after_it()
    {
        var slow = new TaskCompletionSource<JsonObject>();
        await using var site = await DashboardSite.StartAsync();
        site.Data = request => request.Query["view"] == "article" ? slow.Task : SamplePage.AnswerAsync(Sample.Article);
        await using var visit = await DashboardVisit.OpenAsync(browser, site);
        var dropped = visit.Page.WaitForRequestFinishedOrFailedAsync("view=article");
        await visit.SignInAsync();
        await visit.Page.Locator(".loading").WaitForAsync();
        await visit.Page.Locator("[data-view=now]").ClickAsync();
        await visit.ReadAsync();

        var late = await SamplePage.AnswerAsync(Sample.Article);
        SamplePage.Figure(late, "K03")["value"] = 99;
        slow.SetResult(late);
        await dropped;
        Assert.Equal("13", await visit.TextOfAsync("#headline-cities strong"));
        Assert.EndsWith("view=now", visit.Page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "en", null)]
    [InlineData("61", "en", "Storage does not answer at the moment: this is what the registry held 61 seconds ago.")]
    [InlineData("4000", "en", "Storage does not answer at the moment: this is what the registry held 67 minutes ago.")]
    [InlineData("86000", "zh-CN", "存储暂时没有应答，以下为24小时前的数据。")]
    [InlineData("260000", "zh-CN", "存储暂时没有应答，以下为3天前的数据。")]
    public async Task Figures_may_be_a_second_old_and_older_ones_say_so(string age, string language, string? notice)
    {
        await using var site = await DashboardSite.StartAsync();
        var preferences = new List<string>();
        site.Data = request =>
        {
            preferences.Add(request.Headers["Prefer"].ToString());
            request.HttpContext.Response.Headers.Age = age;
            return SamplePage.AnswerAsync(Sample.Article);
        };
        await using var visit = await (await DashboardVisit.OpenAsync(browser, site, $"?lang={language}&view=article")).SignInAsync();
        await visit.ReadAsync();

        Assert.Equal(["stale-ok; max-age=1"], preferences);
        Assert.Equal(notice is null ? 0 : 1, await visit.Page.Locator(".notice").CountAsync());
        Assert.Equal(notice is null ? 1 : 0, await visit.Page.Locator(".age").CountAsync());
        if (notice is null)
            Assert.Contains("at most a second old", await visit.TextOfAsync(".age"), StringComparison.Ordinal);
        else
            Assert.Equal(notice, await visit.TextOfAsync(".notice"));
    }
}

internal static class RequestWaiting
{
    public static Task WaitForRequestFinishedOrFailedAsync(this IPage page, string part)
    {
        var done = new TaskCompletionSource();
        EventHandler<IRequest> handler = (_, request) =>
        {
            if (request.Url.Contains(part, StringComparison.Ordinal))
                done.TrySetResult();
        };
        page.RequestFinished += handler;
        page.RequestFailed += handler;
        return done.Task.WaitAsync(TimeSpan.FromSeconds(15));
    }
}
