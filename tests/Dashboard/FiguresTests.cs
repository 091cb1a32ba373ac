using FriendCity.Tests.Support;

namespace FriendCity.Tests.Dashboard;

public sealed class FiguresTests(Browser browser)
{
    [Theory]
    [InlineData("en", "Cities in the circle", "CNY 552.79 m, 8 without a value", "25 March 2024", "17 SCO countries, as the article counts them")]
    [InlineData("zh-CN", "朋友圈城市", "金额 5.53 亿元，8 项无金额", "2024年3月25日", "上合组织17国（文章口径）")]
    public async Task The_four_figures_of_the_article_stand_first(string language, string cities, string money, string day, string scope)
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await OpenAsync(site, language);

        Assert.Contains(cities, await visit.ReadAsync(), StringComparison.Ordinal);
        Assert.Equal("13", await visit.TextOfAsync("#cities .big strong"));
        Assert.Equal("10", await visit.TextOfAsync("#countries .big strong"));
        Assert.Contains("17", await visit.TextOfAsync("#countries .beside"), StringComparison.Ordinal);
        Assert.Equal("+225%", await visit.TextOfAsync("#growth .big strong"));
        Assert.Equal("26", await visit.TextOfAsync("#agreements .big strong"));
        Assert.Contains(money, await visit.TextOfAsync("#agreements .beside"), StringComparison.Ordinal);
        foreach (var card in new[] { "cities", "countries", "growth", "agreements", "coverage", "stages", "gaps" })
            Assert.Equal(language == "en" ? $"As of {day} · {scope}" : $"截至{day} · {scope}", await visit.TextOfAsync($"#{card} .meta"));
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("en", "Afghanistan, Iran, Mongolia, Nepal, Sri Lanka, Türkiye, Uzbekistan")]
    [InlineData("zh-CN", "阿富汗, 蒙古, 尼泊尔, 斯里兰卡, 土耳其, 乌兹别克斯坦, 伊朗")]
    public async Task The_seven_gap_countries_are_called_by_name(string language, string names)
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await OpenAsync(site, language);
        await visit.ReadAsync();

        Assert.Equal(names, string.Join(", ", await visit.Page.Locator("#gaps .gap-list li").AllInnerTextsAsync()));
        Assert.Equal("7", await visit.TextOfAsync("#gaps .gap-list strong"));
    }

    [Fact]
    public async Task Broad_and_formal_coverage_stand_beside_each_other_with_their_fractions()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await OpenAsync(site);
        await visit.ReadAsync();

        Assert.Equal("58.8% 10/17", Flat(await visit.TextOfAsync("#coverage .broad .figure")));
        Assert.Equal("41.2% 7/17", Flat(await visit.TextOfAsync("#coverage .formal .figure")));
        Assert.Equal(10.0 / 7, await BarAsync(visit, "#coverage .broad") / await BarAsync(visit, "#coverage .formal"), 0.05);
        Assert.Contains("+125%", await visit.TextOfAsync("#growth .beside"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_stages_are_drawn_in_proportion()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await OpenAsync(site);
        await visit.ReadAsync();

        Assert.Equal("4, 6, 3", string.Join(", ", await visit.Page.Locator("#stages .figure b").AllInnerTextsAsync()));
        Assert.Equal(2, await BarAsync(visit, "#stages .friendly-cooperation") / await BarAsync(visit, "#stages .friend-city"), 0.05);
    }

    [Fact]
    public async Task A_value_that_rests_on_an_illustrative_row_is_marked_and_says_how_many()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await OpenAsync(site, "zh-CN");
        await visit.ReadAsync();

        var mark = visit.Page.Locator("#cities .mark");
        Assert.Equal("含示例数据", await mark.InnerTextAsync());
        Assert.Equal("17 条记录", await visit.TextOfAsync("#gaps .mark"));
        Assert.Equal(0, await visit.Page.Locator("#stages .friend-city .line-mark").CountAsync());
        Assert.Equal(1, await visit.Page.Locator("#stages .intention .line-mark").CountAsync());

        var tip = visit.Page.Locator("#cities .tip").First;
        Assert.False(await tip.IsVisibleAsync());
        await mark.FocusAsync();
        Assert.Equal("公开 12，示例 1", await tip.InnerTextAsync());
        await visit.Page.Keyboard.PressAsync("Escape");
        Assert.False(await tip.IsVisibleAsync());
    }

    [Fact]
    public async Task The_formula_and_the_counts_open_by_keyboard()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await OpenAsync(site);
        await visit.ReadAsync();

        await visit.Page.Locator("#growth summary").FocusAsync();
        Assert.Contains("÷ cities on the baseline date. Baseline: 9 June 2018.", await visit.TextOfAsync("#growth .grow .tip"),
            StringComparison.Ordinal);
        await visit.Page.Keyboard.PressAsync("Enter");
        var lines = await visit.Page.Locator("#growth .lines li").AllInnerTextsAsync();
        Assert.Equal(["broad (with intentions) +225% (9 ÷ 4) Rows: 13 · Public 12, Illustrative 1",
            "formal ties only +125% (5 ÷ 4) Rows: 9 · Public 8, Illustrative 1"], lines.Select(Flat));
        Assert.Contains("Definition version 1", await visit.TextOfAsync("#growth .version"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_figure_says_why_and_is_not_a_zero()
    {
        var answer = CannedRegistry.Kpis();
        var growth = CannedRegistry.Find(answer, "K06", "broad");
        (growth["value"], growth["reason"]) = (null, "no city on the baseline date");
        answer["values"]!.AsArray().Remove(CannedRegistry.Find(answer, "K04"));
        await using var site = await DashboardSite.StartAsync();
        site.Kpis = _ => Task.FromResult(answer);
        await using var visit = await OpenAsync(site);
        await visit.ReadAsync();

        Assert.Equal("No value", await visit.TextOfAsync("#growth .big"));
        Assert.Equal("Reason: no city on the baseline date", await visit.TextOfAsync("#growth .reason"));
        Assert.Equal("Reason: the registry did not give this figure", await visit.TextOfAsync("#countries .reason"));
        Assert.Equal("13", await visit.TextOfAsync("#cities .big strong"));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task A_name_from_the_registry_is_text_whatever_it_holds()
    {
        const string hostile = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>";
        await using var site = await DashboardSite.StartAsync();
        site.Countries = () => CannedRegistry.Page(CannedRegistry.Named("AF", hostile, hostile));
        site.Scopes = () => CannedRegistry.Page(CannedRegistry.Named("SCO17_ARTICLE", hostile, hostile));
        await using var visit = await OpenAsync(site);
        await visit.ReadAsync();

        Assert.Equal(hostile, await visit.Page.Locator("#gaps .gap-list li").First.TextContentAsync());
        Assert.Equal(0, await visit.Page.Locator("main img, main script").CountAsync());
        Assert.Equal("SCO circle of friends", await visit.Page.TitleAsync());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Lists_of_names_are_read_to_their_last_page()
    {
        await using var site = await DashboardSite.StartAsync();
        var pages = new Queue<string?>(["https://elsewhere.example/api/v1/countries?$top=1000&cursor=two", null]);
        var rows = new Queue<string>(["AF", "UZ"]);
        site.Countries = () =>
        {
            var id = rows.Dequeue();
            var page = CannedRegistry.Page(CannedRegistry.Named(id, $"名{id}", $"Name of {id}"));
            page["nextLink"] = pages.Dequeue();
            return page;
        };
        await using var visit = await OpenAsync(site);
        await visit.ReadAsync();

        var names = await visit.Page.Locator("#gaps .gap-list li").AllInnerTextsAsync();
        Assert.Equal(["IR", "LK", "MN", "Name of AF", "Name of UZ", "NP", "TR"], names);
        Assert.Empty(visit.Complaints);
    }

    private async Task<DashboardVisit> OpenAsync(DashboardSite site, string language = "en") =>
        await (await DashboardVisit.OpenAsync(browser, site, $"?lang={language}&view=article")).SignInAsync();

    private static async Task<float> BarAsync(DashboardVisit visit, string selector) =>
        (await visit.Page.Locator($"{selector} .track span").BoundingBoxAsync())!.Width;

    private static string Flat(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
