using System.Text.RegularExpressions;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Browser.Dashboard;

public sealed partial class LanguageTests(ChromiumBrowser browser)
{
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
        Assert.Equal(expected == "en" ? "SCO circle of friends" : "上合“朋友圈”", await visit.Page.TitleAsync());
    }

    [Fact]
    public async Task Switching_the_language_keeps_the_figures_and_is_kept_in_the_address()
    {
        await using var site = await DashboardSite.StartAsync();
        await using var visit = await (await DashboardVisit.OpenAsync(browser, site)).SignInAsync();
        await visit.ReadAsync();
        await visit.Page.Locator("[data-language=zh-CN]").ClickAsync();

        await visit.Page.Locator("#map h2", new() { HasText = "友城布局" }).WaitForAsync();
        Assert.Equal("13", await visit.TextOfAsync("#headline-cities strong"));
        Assert.Equal("彼尔姆", await visit.TextOfAsync("#ladder tr[data-tie=R01] th"));
        Assert.Contains("lang=zh-CN", visit.Page.Url, StringComparison.Ordinal);
        await visit.Page.GoBackAsync();
        await visit.Page.Locator("#map h2", new() { HasText = "Where the ties are" }).WaitForAsync();
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

        Assert.Contains(site.Requests, request => request.StartsWith($"/api/v1/dashboard?view={expected}&", StringComparison.Ordinal));
        Assert.Equal("true", await visit.Page.Locator($"[data-view={expected}]").GetAttributeAsync("aria-pressed"));
    }

    [Fact]
    public void Both_languages_have_the_same_keys_with_the_same_blanks()
    {
        var (chinese, english) = (Texts("chinese"), Texts("english"));

        Assert.True(chinese.Count > 100);
        Assert.Equal(chinese.Keys.Order(StringComparer.Ordinal), english.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, text) in chinese)
            Assert.Equal((key, Blanks(text)), (key, Blanks(english[key])));
    }

    [Fact]
    public void Every_text_is_used_and_every_text_asked_for_exists()
    {
        var sources = string.Join('\n', Directory.EnumerateFiles(Repository.At("dashboard", "src"), "*.ts", SearchOption.AllDirectories)
            .Where(file => Path.GetDirectoryName(file) != Repository.At("dashboard", "src", "text")).Append(Repository.At("dashboard", "index.html"))
            .Select(File.ReadAllText));
        var keys = Texts("english").Keys.ToHashSet(StringComparer.Ordinal);
        // A key with a part that is worked out, such as stage.${name}, uses all that begin so.
        var families = Family().Matches(sources).Select(match => match.Groups["family"].Value).ToHashSet(StringComparer.Ordinal);

        Assert.Equal([], keys.Where(key => !sources.Contains($"'{key}'", StringComparison.Ordinal)
            && !sources.Contains($"\"{key}\"", StringComparison.Ordinal)
            && !families.Any(family => key.StartsWith(family, StringComparison.Ordinal))));
        Assert.Equal([], AskedFor().Matches(sources).Select(match => match.Groups["key"].Value).Where(key => !keys.Contains(key)));
    }

    [Fact]
    public void Chinese_has_full_width_punctuation() => Assert.Equal([], Texts("chinese")
        .Where(text => HalfWidth().IsMatch(text.Value)).Select(text => text.Key));

    private static Dictionary<string, string> Texts(string language) => Entry()
        .Matches(File.ReadAllText(Repository.At("dashboard", "src", "text", $"{language}.ts")))
        .ToDictionary(entry => entry.Groups["key"].Value, entry => entry.Groups["text"].Value, StringComparer.Ordinal);

    private static string Blanks(string text) =>
        string.Join(' ', Blank().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^  '(?<key>[\w.]+)': '(?<text>[^']*)',$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Entry();

    [GeneratedRegex(@"\{\w+\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Blank();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}[,;:()!?]|[,;:(]\p{IsCJKUnifiedIdeographs}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HalfWidth();

    [GeneratedRegex("""\bt\(`(?<family>[\w.]+\.)\$\{|\bwordFor\('(?<family>\w+)'""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Family();

    [GeneratedRegex("""(\bt\('|data-(text|label)=")(?<key>[\w.]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AskedFor();
}
