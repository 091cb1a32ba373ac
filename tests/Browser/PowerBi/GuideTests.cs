using System.Text.RegularExpressions;
using FriendCity.Messages;
using FriendCity.PowerBi.Guide;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Browser.PowerBi;

/// <summary>The page /powerbi, and the pages of docs/ that say the same at length.</summary>
public sealed partial class GuideTests(Azurite azurite, ChromiumBrowser browser)
{
    private static readonly IReadOnlyList<NamedError> Errors = [.. NamedErrors.SignIn, .. NamedErrors.Model];

    [Fact]
    public async Task The_page_is_open_and_shows_concrete_addresses_to_copy()
    {
        await using var app = await azurite.OfficeAsync(
            replace: builder => builder.Configuration["PublicAddress"] = "https://friends.example.org");
        using var anyone = app.NewClient();
        var page = (await anyone.CallAsync("GET", "/powerbi", null, [])).Is(200);
        foreach (var address in new[] { "https://friends.example.org/odata", "https://friends.example.org/powerbi/data/current.json",
            "https://friends.example.org/powerbi/project.zip?lang=en" })
            Assert.Contains(address, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", page.Text, StringComparison.Ordinal);
        Assert.Equal("default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
            page.Headers["Content-Security-Policy"]);
        Assert.DoesNotMatch("<script|style=|onclick", page.Text);
    }

    [Theory]
    [InlineData("/powerbi", "zh-CN,zh;q=0.9", "zh-CN")]
    [InlineData("/powerbi", "en-GB", "en")]
    [InlineData("/powerbi?lang=en", "zh-CN", "en")]
    [InlineData("/powerbi/?lang=zh-CN", "en", "zh-CN")]
    public async Task It_speaks_the_readers_language(string path, string accepted, string language)
    {
        using var anyone = (await azurite.SampleOfficeAsync()).NewClient();
        var page = (await anyone.CallAsync("GET", path, null, [("Accept-Language", accepted)])).Is(200);
        Assert.Equal((language, "Accept-Language"), (page.Headers["Content-Language"], page.Headers["Vary"]));
        Assert.Contains($"<html lang=\"{language}\">", page.Text, StringComparison.Ordinal);
        Assert.All(Errors, error => Assert.Contains(language == "en" ? error.Do.En : error.Do.Zh, System.Net.WebUtility.HtmlDecode(page.Text),
            StringComparison.Ordinal));
    }

    [Fact]
    public void A_host_that_is_no_name_is_text_and_never_markup()
    {
        var context = new GuideContext("https://a\"><b>", null, TakesAccounts: false);
        Assert.DoesNotContain("<b>\"", GuidePage.Write(context, Language.English), StringComparison.Ordinal);
        Assert.DoesNotContain("\"><b>", GuidePage.Write(context, Language.English), StringComparison.Ordinal);
        Assert.Contains("Not set up at this service", GuidePage.Write(context, Language.English), StringComparison.Ordinal);
        Assert.DoesNotContain("Not set up at this service", GuidePage.Write(context with { TakesAccounts = true }, Language.English),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", 1280)]
    [InlineData("en", 1280)]
    [InlineData("zh-CN", 390)]
    [InlineData("en", 390)]
    public async Task It_fits_wide_and_narrow_screens_and_every_link_leads_somewhere(string language, int width)
    {
        var app = await azurite.SampleOfficeAsync();
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, Locale = language });
        var page = await context.NewPageAsync();
        var faults = new List<string>();
        page.Console += (_, message) => faults.Add(message.Text);
        page.RequestFailed += (_, request) => faults.Add(request.Url);
        page.Response += (_, response) =>
        {
            if (response.Status >= 400)
                faults.Add($"{response.Status} {response.Url}");
        };
        await page.GotoAsync(new Uri(app.Address, "/powerbi").AbsoluteUri);
        Assert.Empty(faults);
        Assert.Equal(language, await page.EvaluateAsync<string>("document.documentElement.lang"));
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, "The page is wider than the screen.");
        // The style has come: the copied text is chosen as a whole by one click.
        Assert.Equal("all", await page.Locator(".copy code").First.EvaluateAsync<string>("e => getComputedStyle(e).userSelect"));
        foreach (var link in await page.Locator("a").EvaluateAllAsync<string[]>("links => links.map(link => link.href)"))
            Assert.Equal(200, (await context.APIRequest.GetAsync(link)).Status);
    }

    [Theory]
    [InlineData("power-bi.md")]
    [InlineData("power-bi.zh-CN.md")]
    public void The_manual_says_of_every_named_error_what_to_do(string file)
    {
        var manual = File.ReadAllText(Repository.At("docs", file));
        Assert.All(Errors, error => Assert.Matches($@"(?m)^\| `{Regex.Escape(error.Name)}` \| .{{8,}} \| .{{8,}} \|$", manual));
        foreach (var setting in new[] { "EntraTenant", "EntraAudience", "EntraAuthority", "EntraUserScopes", "login.partner.microsoftonline.cn",
            "RangeStart", "Region reader", "/powerbi/project.zip", "/powerbi/storage.pbids", "/powerbi/connect.pbids", "/powerbi/data" })
            Assert.Contains(setting, manual, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_error_that_the_models_queries_raise_has_its_entry()
    {
        var raised = new[] { Repository.At("powerbi"), Repository.At("functions", "PowerBi", "Sources") }
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.tmdl", SearchOption.AllDirectories))
            .SelectMany(file => Raised().Matches(File.ReadAllText(file))).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(raised, NamedErrors.Model.Select(error => error.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_problem_of_sign_in_has_its_entry() =>
        Assert.Superset(FriendCity.Http.Errors.Problems.All.Where(code => code.Status is 401 or 403
            || code.Name.StartsWith("sign_in", StringComparison.Ordinal)).Select(code => code.Name).ToHashSet(),
            NamedErrors.SignIn.Select(error => error.Name).ToHashSet());

    // What is compared with the prefix ends in a dot.
    [GeneratedRegex(@"FriendCity\.[A-Z][A-Za-z]+(?=["",\s])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Raised();
}
