using System.Text.Json.Nodes;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Browser.Dashboard;

public sealed class FiguresTests(ChromiumBrowser browser)
{
    [Theory]
    [InlineData("en", "CNY 553 m; 8 without a value", "25 March 2024", "Friendly cooperation 6", "Broad 58.8% · formal 41.2% (7)")]
    [InlineData("zh-CN", "合计 5.53 亿元，另 8 项未填金额", "2024年3月25日", "友好合作关系 6", "广义 58.8% · 正式 41.2%（7 国）")]
    public async Task The_four_figures_of_the_article_stand_first(string language, string money, string day, string stage, string coverage)
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await OpenAsync(site, language);
        await visit.ReadAsync();

        Assert.Equal("13", await visit.TextOfAsync("#headline-cities strong"));
        Assert.Equal("10", await visit.TextOfAsync("#headline-countries strong"));
        Assert.Equal("+225", await visit.TextOfAsync("#headline-growth strong"));
        Assert.Equal("26", await visit.TextOfAsync("#headline-agreements strong"));
        Assert.Equal(money, await visit.TextOfAsync("#headline-agreements .line"));
        Assert.Equal(coverage, await visit.TextOfAsync("#headline-countries .line"));
        Assert.Equal(day, await visit.TextOfAsync("#as-of"));
        Assert.Contains(stage, await visit.TextOfAsync("#map .legend"), StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("article", "2024-03-25")]
    [InlineData("article", "2018-12-31")]
    [InlineData("article", "2021-06-30")]
    [InlineData("now", "2026-11-28")]
    [InlineData("now", "2022-09-30")]
    public async Task What_the_page_shows_is_what_the_answer_says_and_every_picture_adds_up(string view, string asOf)
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await (await DashboardVisit.OpenAsync(browser, site, $"?lang=en&view={view}&asOf={asOf}")).SignInAsync();
        await visit.ReadAsync();
        var answer = await SamplePage.AnswerAsync(Sample.Views.Find(view)!, asOf);

        var (cities, gaps) = (Number(answer, "K03"), Number(answer, "K11"));
        Assert.Equal($"{cities}", await visit.TextOfAsync("#headline-cities strong"));
        Assert.Equal(cities, await visit.Page.Locator("#headline-cities .units .mark").CountAsync());
        Assert.Equal(cities, await visit.Page.Locator("#ladder tbody tr").CountAsync());
        Assert.Equal(cities, await visit.Page.Locator("#map .arc").CountAsync());
        Assert.Equal($"{Number(answer, "K04")}", await visit.TextOfAsync("#headline-countries strong"));
        Assert.Equal(Number(answer, "K04") + gaps, await visit.Page.Locator("#headline-countries .units .mark").CountAsync());
        Assert.Equal(gaps, await visit.Page.Locator("#map .place.gap").CountAsync());
        var signed = Number(answer, "K15", "count");
        Assert.Equal($"{signed}", await visit.TextOfAsync("#headline-agreements strong"));
        Assert.Equal(signed, (await visit.Page.Locator("#headline-agreements .share").AllInnerTextsAsync()).Sum(text => int.Parse(text, null)));
        Assert.Equal(signed, (await visit.Page.Locator("#projects button.heat").AllInnerTextsAsync()).Sum(text => int.Parse(text, null)));
        Assert.Equal($"Dormant {Number(answer, "K13")} of {cities}", await visit.TextOfAsync("#activities h3"));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Gap_countries_and_untied_hubs_are_called_by_name_in_the_table_that_stands_for_the_map()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await OpenAsync(site);
        await visit.ReadAsync();
        await visit.Page.Locator("#map .map-view").FocusAsync();
        await visit.Page.Keyboard.PressAsync("t");

        var rows = await visit.Page.Locator("#map tbody tr").AllInnerTextsAsync();
        Assert.Equal(13 + 3 + 7, rows.Count);
        Assert.Equal(["Afghanistan", "Iran", "Mongolia", "Nepal", "Sri Lanka", "Türkiye", "Uzbekistan"],
            rows.Where(row => row.Contains("No tie", StringComparison.Ordinal)).Select(row => row.Split('\t')[1].Trim()).Order(StringComparer.Ordinal));
        Assert.Contains(rows, row => row.StartsWith("Bandar Abbas", StringComparison.Ordinal) && row.Contains("Untied hub", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_page_rests_on_is_said_once_and_at_a_number_only_where_its_own_rows_differ()
    {
        var answer = await SamplePage.AnswerAsync(Sample.Article);
        SamplePage.Figure(answer, "K04")["illustrative"] = 0;
        await using var site = await DashboardSite.StartAsync();
        site.Data = _ => Task.FromResult(answer);
        await using var visit = await OpenAsync(site);
        await visit.ReadAsync();

        Assert.Equal("6/13 illustrative", await visit.Page.Locator("#context span").Last.InnerTextAsync());
        Assert.Equal(0, await visit.Page.Locator("#headline-cities .evidence").CountAsync());
        Assert.Equal("0/13 illustrative", await visit.TextOfAsync("#headline-countries .evidence"));
        Assert.Equal("18/26 illustrative", await visit.TextOfAsync("#headline-agreements .evidence"));
    }

    [Fact]
    public async Task A_number_opens_its_definition_its_rows_and_what_moved_it_and_gives_the_focus_back()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await OpenAsync(site);
        await visit.ReadAsync();
        await visit.Page.Locator("#headline-cities .figure").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");

        await visit.Page.Locator(".drawer tbody tr").First.WaitForAsync();
        var text = await visit.TextOfAsync(".drawer");
        Assert.Contains("Distinct cities at intention or above whose country is in scope", text, StringComparison.Ordinal);
        Assert.Contains("Perm", await visit.TextOfAsync(".drawer tbody"), StringComparison.Ordinal);
        await visit.Page.Locator(".drawer .lines").WaitForAsync();
        Assert.Contains("Entered 1 Ganja", await visit.TextOfAsync(".drawer .lines"), StringComparison.Ordinal);
        Assert.EndsWith("open=K03", visit.Page.Url, StringComparison.Ordinal);

        await visit.Page.Keyboard.PressAsync("Escape");
        Assert.Equal("headline-cities", await visit.Page.EvaluateAsync<string>("document.activeElement.closest('.headline').id"));
        Assert.DoesNotContain("open=", visit.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tie_opens_its_steps_with_document_and_source()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await OpenAsync(site);
        await visit.ReadAsync();
        await visit.Page.Locator("#ladder tr[data-tie=R01] button").ClickAsync();

        Assert.Equal("Perm", await visit.TextOfAsync(".drawer h2"));
        Assert.Contains("2006-11-14", await visit.TextOfAsync(".drawer tbody"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_figure_says_why_and_is_not_a_zero()
    {
        var answer = await SamplePage.AnswerAsync(Sample.Article);
        var growth = SamplePage.Figure(answer, "K06", "broad");
        (growth["value"], growth["reason"]) = (null, "no city on the baseline date");
        answer["figures"]!.AsArray().Remove(SamplePage.Figure(answer, "K04"));
        await using var site = await DashboardSite.StartAsync();
        site.Data = _ => Task.FromResult(answer);
        await using var visit = await OpenAsync(site);
        await visit.ReadAsync();

        Assert.Equal("–", await visit.TextOfAsync("#headline-growth strong"));
        Assert.Contains("Note: no city on the baseline date", await visit.TextOfAsync("#headline-growth .moved"), StringComparison.Ordinal);
        Assert.Equal("–", await visit.TextOfAsync("#headline-countries strong"));
        Assert.Equal("13", await visit.TextOfAsync("#headline-cities strong"));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_name_from_the_registry_is_text_whatever_it_holds()
    {
        const string hostile = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>";
        var answer = JsonNode.Parse((await SamplePage.AnswerAsync(Sample.Article)).ToJsonString().Replace("Perm\"", System.Text.Json.JsonEncodedText
            .Encode(hostile) + "\"", StringComparison.Ordinal))!.AsObject();
        answer["scopeName"] = hostile;
        await using var site = await DashboardSite.StartAsync();
        site.Data = _ => Task.FromResult(answer);
        await using var visit = await OpenAsync(site);
        await visit.ReadAsync();

        Assert.Equal(hostile, await visit.Page.Locator("#ladder tr[data-tie=R01] th").TextContentAsync());
        Assert.Contains(hostile, await visit.Page.Locator("#map text").AllTextContentsAsync());
        Assert.Equal(0, await visit.Page.Locator("main img, main script").CountAsync());
        Assert.Equal("SCO circle of friends", await visit.Page.TitleAsync());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Where_nothing_was_entered_lately_that_is_said_first_and_no_city_is_alarmed_about()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await (await DashboardVisit.OpenAsync(browser, site, "?lang=en&view=now")).SignInAsync();
        await visit.ReadAsync();

        Assert.StartsWith("No activity was entered for any city of the circle in the last 12 months; the last one took place on 19 July 2025.",
            await visit.TextOfAsync("#attention .lately"), StringComparison.Ordinal);
        Assert.Equal(0, await visit.Page.Locator("#attention [data-code=dormant_city]").CountAsync());
        await visit.Page.Locator("[data-view=article]").ClickAsync();
        await visit.Page.Locator("#attention [data-code=dormant_city]").WaitForAsync();
        Assert.Equal(0, await visit.Page.Locator("#attention .lately").CountAsync());
    }

    private async Task<DashboardVisit> OpenAsync(DashboardSite site, string language = "en") =>
        await (await DashboardVisit.OpenAsync(browser, site, $"?lang={language}&view=article")).SignInAsync();

    private static int Number(JsonObject answer, string kpi, string? part = null) => (int)SamplePage.Figure(answer, kpi, part)["value"]!;
}
