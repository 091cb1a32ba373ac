using System.Text.RegularExpressions;
using FriendCity.Dashboard;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Dashboard;

public sealed partial class LanguageTests(Browser browser)
{
    private const string Strings = "strings.js";

    [Theory]
    [InlineData("zh-CN", "", "zh-CN")]
    [InlineData("zh-TW", "", "zh-CN")]
    [InlineData("en-US", "", "en")]
    [InlineData("ru-RU", "", "en")]
    [InlineData("en-US", "?lang=zh-CN", "zh-CN")]
    [InlineData("zh-CN", "?lang=en", "en")]
    public async Task The_address_decides_the_language_and_else_the_browser(string locale, string query, string expected)
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await DashboardVisit.OpenAsync(browser, site, query, locale);

        Assert.Equal(expected, await visit.Page.Locator("html").GetAttributeAsync("lang"));
        Assert.Equal(expected == "en" ? "SCO circle of friends" : "上合“朋友圈”概览", await visit.Page.TitleAsync());
    }

    [Fact]
    public async Task Switching_the_language_keeps_the_figures_and_is_kept_in_the_address()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await (await DashboardVisit.OpenAsync(browser, site)).SignInAsync();
        await visit.ReadAsync();
        var before = ApiRequests(site);
        await visit.Page.Locator("[data-language=zh-CN]").ClickAsync();

        Assert.Equal("覆盖缺口国家", await visit.TextOfAsync("#gaps h2"));
        Assert.Equal(before, ApiRequests(site));
        Assert.Contains("lang=zh-CN", visit.Page.Url, StringComparison.Ordinal);
        await visit.Page.GoBackAsync();
        Assert.Equal("Countries not yet covered", await visit.TextOfAsync("#gaps h2"));
    }

    [Theory]
    [InlineData(null, "", "now")]
    [InlineData("article", "", "article")]
    [InlineData("article", "?view=now", "now")]
    [InlineData("now", "?view=nonsense", "now")]
    public async Task The_address_decides_the_view_and_else_the_setting(string? setting, string query, string expected)
    {
        await using var site = await DashboardSite.StartAsync(setting);
        await using var visit = await (await DashboardVisit.OpenAsync(browser, site, query)).SignInAsync();
        await visit.ReadAsync();

        Assert.Contains($"/api/v1/kpis?view={expected}", site.Requests);
        Assert.Equal("true", await visit.Page.Locator($"[data-view={expected}]").GetAttributeAsync("aria-pressed"));
    }

    [Fact]
    public void Both_languages_have_the_same_keys_with_the_same_blanks()
    {
        var (chinese, english) = (Texts("zh-CN"), Texts("en"));

        Assert.NotEmpty(chinese);
        Assert.Equal(chinese.Keys.Order(StringComparer.Ordinal), english.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, text) in chinese)
            Assert.Equal((key, Blanks(text)), (key, Blanks(english[key])));
    }

    [Fact]
    public void Every_text_is_used_and_every_text_asked_for_exists()
    {
        var sources = string.Join('\n', DashboardAssets.Names.Append(null).Where(name => name is not Strings).Select(Source));
        var keys = Texts("en").Keys.ToHashSet(StringComparer.Ordinal);

        Assert.Equal([], keys.Where(key => !sources.Contains($"'{key}'", StringComparison.Ordinal)
            && !sources.Contains($"\"{key}\"", StringComparison.Ordinal)));
        Assert.Equal([], AskedFor().Matches(sources).Select(match => match.Groups["key"].Value).Where(key => !keys.Contains(key)));
    }

    private static int ApiRequests(DashboardSite site) => site.Requests.Count(request => request.StartsWith("/api", StringComparison.Ordinal));

    private static Dictionary<string, string> Texts(string language)
    {
        var source = Source(Strings);
        var from = source.IndexOf($"'{language}': {{", StringComparison.Ordinal);
        var block = source[from..source.IndexOf("\n  },", from, StringComparison.Ordinal)];
        return Entry().Matches(block).ToDictionary(entry => entry.Groups["key"].Value, entry => entry.Groups["text"].Value, StringComparer.Ordinal);
    }

    private static string Blanks(string text) =>
        string.Join(' ', Blank().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal));

    private static string Source(string? name) => System.Text.Encoding.UTF8.GetString(DashboardAssets.Find(name, "now")!.Content);

    [GeneratedRegex(@"^    '(?<key>[\w.]+)': '(?<text>[^']*)',$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Entry();

    [GeneratedRegex(@"\{\w+\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blank();

    [GeneratedRegex("""(\bt\('|data-(text|label)=")(?<key>[\w.]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AskedFor();
}
