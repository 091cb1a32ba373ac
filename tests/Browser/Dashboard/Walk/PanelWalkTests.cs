using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Web;
using FriendCity.Tests.Support;
using Microsoft.Playwright;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Browser.Dashboard.Walk;

/// <summary>
/// A walk over every panel with the real service behind it: on a telephone, a laptop and the wall, in both languages. One browser and one service
/// serve the whole of it.
/// </summary>
public sealed partial class PanelWalkTests(Azurite azurite, ChromiumBrowser browser)
{
    [Theory]
    [InlineData("zh-CN", "now", 390)]
    [InlineData("en", "article", 390)]
    [InlineData("zh-CN", "article", 1280)]
    [InlineData("en", "now", 1280)]
    [InlineData("zh-CN", "now", 1920)]
    [InlineData("en", "article", 1920)]
    public async Task Every_panel_is_whole_and_moves_with_the_slider(string language, string view, int width)
    {
        await using var visit = await OpenAsync($"?lang={language}&view={view}", width);
        var before = await TextsAsync(visit);
        Assert.Equal(QuestionPage.Read("dashboard.md").Panels.Where(id => view == "now" || id != "published").Order(StringComparer.Ordinal),
            before.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([], await PageFaults.OnAsync(visit));

        await visit.Page.EvaluateAsync("for (const part of document.querySelectorAll('details')) part.open = true");
        await visit.Page.Locator("#map-table").ClickAsync();
        Assert.Equal([], await PageFaults.OnAsync(visit));

        await visit.Page.Locator("#slider").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Home");
        await visit.Page.WaitForURLAsync(url => url.Contains("asOf=2018-01-31", StringComparison.Ordinal));
        await visit.ReadAsync();
        await visit.Page.Locator("#latest").WaitForAsync();
        var after = await TextsAsync(visit);
        Assert.Equal([], after.Where(panel => panel.Value == before[panel.Key]).Select(panel => panel.Key));
        Assert.Equal([], await PageFaults.OnAsync(visit));
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [InlineData("en", 1280)]
    [InlineData("zh-CN", 390)]
    public async Task Two_clicks_lead_from_a_number_to_a_record_with_its_history(string language, int width)
    {
        await using var visit = await OpenAsync($"?lang={language}&view=article", width);
        await visit.Page.Locator("#headline-cities .figure").ClickAsync();
        await visit.Page.Locator(".drawer tbody tr").First.WaitForAsync();
        await visit.Page.Locator(".drawer .lines").WaitForAsync();
        Assert.Equal(13, await visit.Page.Locator(".drawer tbody tr").CountAsync());
        Assert.Equal([], await PageFaults.OnAsync(visit));
        Assert.Equal([], await PageFaults.ForSomeAsync(visit));

        await visit.Page.Locator(".drawer tbody button", new() { HasText = "R01" }).ClickAsync();
        await visit.Page.Locator(".versions li").First.WaitForAsync();
        Assert.Equal([], await PageFaults.OnAsync(visit));
        Assert.Equal([], await PageFaults.ForSomeAsync(visit));
        Assert.Empty(visit.Complaints);
    }

    /// <summary>In Chinese, so that a code or an English name among the rows would show.</summary>
    [Fact]
    public async Task A_number_of_any_panel_opens_its_own_rows_by_name_and_in_words()
    {
        await using var visit = await OpenAsync("?lang=zh-CN&view=article", 1280);
        foreach (var (number, behind) in new[]
        {
            ("#projects .number .link", "K24/CULTURE_TOURISM/value"), ("#projects button.heat", "projects-by-sector/CULTURE_TOURISM:TRADE/signed"),
            ("#mechanisms .link", "K25/M-1C1C/regularity"), ("#platforms td .link", "K28/PL-EXPO"),
            ("#coverage td .link", "cities-by-country/RU/FRIEND_CITY"), ("#activities .subtitle .link", "K12"),
            ("#projects .legend .link", "projects-by-status/INTENTION"), ("#quality td .link", "K40/relationships/source"),
            ("#targets .link", "K41/T01/attainment"), ("#due .subtitle .link", "K39/due"), ("#activities button.heat", "activities-by-month/2018-09"),
            ("#map .directions .link", "hubs-by-direction/W/tied"), ("#map .directions .link >> nth=1", "hubs-by-direction/W/hubs"),
        })
        {
            await visit.Page.Locator(number).First.ClickAsync();
            await visit.Page.WaitForURLAsync(url => Uri.UnescapeDataString(url).EndsWith($"open={behind}", StringComparison.Ordinal));
            await visit.Page.Locator(".drawer tbody tr").First.WaitForAsync();
            Assert.Equal([], (await visit.Page.Locator(".drawer tbody tr").EvaluateAllAsync<string[]>(
                "rows => rows.map(row => `${row.cells[1].textContent} | ${row.cells[2].textContent}`)"))
                .Where(row => !Chinese().IsMatch(row) || Code().IsMatch(row)));
            await visit.Page.Keyboard.PressAsync("Escape");
            await visit.Page.Locator(".drawer[open]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }
        // Closed before all of it was read, a drawer asks no further.
        Assert.DoesNotContain(visit.Complaints, complaint => !complaint.Contains("ERR_ABORTED", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", 1280, "March 2024: 1 activity", "1 record", "behind this figure")]
    [InlineData("zh-CN", 390, "2024年3月：1 项活动", "记录 1 条", "依据")]
    public async Task A_count_opens_by_keyboard_the_rows_that_it_counts_and_no_others(string language, int width, string month, string one,
        string behind)
    {
        var app = await azurite.SampleOfficeAsync();
        await using var visit = await OpenAsync($"?lang={language}&view=now", width);
        foreach (var (number, isCount) in new[]
        {
            ("#activities button.heat >> nth=0", true), ("#map .directions .link >> nth=0", true), ("#map .directions .link >> nth=1", true),
            ("#projects button.heat:not(.planned) >> nth=0", true),
            ("#projects .legend .link >> nth=0", true), ("#projects .subtitle .link >> nth=1", true),
            ("#coverage .tally:text-matches('^[2-9]') >> nth=0", true), ("#coverage .subtitle .link >> nth=0", false),
            ("#platforms td .link >> nth=0", false), ("#quality td .link >> nth=0", false),
        })
        {
            var text = await visit.TextOfAsync(number);
            await OpenByKeyAsync(visit, visit.Page.Locator(number));
            var count = await visit.Page.Locator(".drawer tbody tr").CountAsync();
            var heading = await visit.Page.Locator(".drawer h3").First.InnerTextAsync();
            Assert.Contains(await visit.TextOfAsync(".drawer-figure strong"), text, StringComparison.Ordinal);
            Assert.Equal(isCount, Number().Match(text).Value == $"{count}");
            Assert.Equal($"{count}", Number().Match(heading).Value);
            Assert.Equal(!isCount, heading.Contains(behind, StringComparison.Ordinal));
            var open = HttpUtility.ParseQueryString(new Uri(visit.Page.Url).Query)["open"]!.Split('/');
            if (open is [var kpi, var part, .. var measure] && part != "count")
                Assert.Equal(count, (int)(await app.GetAsync($"/api/v1/kpis/{kpi}/rows?view=now&dimension={part}"
                    + (measure.Length > 0 ? $"&measure={measure[0]}" : "")))["count"]!);
            Assert.Equal([], await PageFaults.OnAsync(visit));
            await visit.Page.Keyboard.PressAsync("Escape");
            Assert.True(await visit.Page.Locator(number).EvaluateAsync<bool>("button => button === document.activeElement"));
        }

        var cell = visit.Page.GetByRole(AriaRole.Button, new() { Name = month });
        Assert.InRange((await cell.BoundingBoxAsync())!.Width, 20, 60);
        await OpenByKeyAsync(visit, cell);
        Assert.Equal(one, await visit.Page.Locator(".drawer h3").First.InnerTextAsync());
        Assert.Equal([], await PageFaults.ForSomeAsync(visit));
        await visit.Page.Keyboard.PressAsync("Escape");

        var published = visit.Page.Locator("#published .link").Nth(1);
        var value = await published.InnerTextAsync();
        await OpenByKeyAsync(visit, published);
        var record = await app.GetAsync($"/api/v1/{HttpUtility.ParseQueryString(new Uri(visit.Page.Url).Query)["open"]!["record:".Length..]}");
        Assert.Equal(((double)record["value"]!).ToString(CultureInfo.InvariantCulture), value);
        Assert.Contains((string)record["sourceRef"]!, await visit.TextOfAsync(".drawer"), StringComparison.Ordinal);
        Assert.Equal([], await PageFaults.OnAsync(visit));
        Assert.Equal([], await PageFaults.ForSomeAsync(visit));
        await visit.Page.Keyboard.PressAsync("Escape");

        var line = visit.Page.Locator("#activities .silence li").First;
        var name = await line.Locator("span").First.InnerTextAsync();
        var page = await app.GetAsync($"/api/v1/dashboard?view=now&lang={language}");
        var city = (string)page["cities"]!.First(each => (string?)each["name"] == name)["id"]!;
        var silent = page["ties"]!.First(tie => (string?)tie["cityId"] == city);
        await line.Locator(".link").ClickAsync();
        await visit.Page.Locator(".versions li").First.WaitForAsync();
        Assert.EndsWith((string?)silent["lastActivityId"] is { } last ? $"record:activities/{last}" : $"record:relationships/{silent["id"]}",
            Uri.UnescapeDataString(visit.Page.Url), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\d+", RegexOptions.None, 1000)]
    private static partial Regex Number();

    private static async Task OpenByKeyAsync(DashboardVisit visit, ILocator button)
    {
        await button.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Locator(".drawer tbody tr").First.WaitForAsync();
    }

    [GeneratedRegex(@"^(–|[^|]*\p{IsCJKUnifiedIdeographs})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Chinese();

    [GeneratedRegex("[A-Z]{2,}_[A-Z]|\\b[A-Z]{5}\\b|SIGNED|PROGRESS|STALLED|FESTIVAL|INTENTION", RegexOptions.None, 1000)]
    private static partial Regex Code();

    [Theory]
    [InlineData("#map-save")]
    [InlineData("#time-save")]
    public async Task A_saved_picture_opens_and_is_twice_as_fine_as_the_screen(string button)
    {
        await using var visit = await OpenAsync("?lang=zh-CN&view=now", 1280);
        await visit.Page.Locator(".time-chart canvas").WaitForAsync();
        var box = (await visit.Page.Locator(button == "#map-save" ? ".map-view" : ".time-chart").BoundingBoxAsync())!;
        var file = await SavedAsync(visit, button);

        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], file[..8]);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20)));
        Assert.InRange(width, (2 * box.Width) - 2, (2 * box.Width) + 2);
        Assert.InRange(height, (2 * box.Height) - 2, (2 * box.Height) + 2);
        // Decoded, it has the colours of the paper, the land or the areas, and the ties.
        Assert.True(await visit.Page.EvaluateAsync<int>(
            """
            async file => {
              const picture = new Image();
              picture.src = `data:image/png;base64,${file}`;
              await picture.decode();
              const sheet = document.createElement('canvas');
              [sheet.width, sheet.height] = [picture.naturalWidth, picture.naturalHeight];
              const pen = sheet.getContext('2d');
              pen.drawImage(picture, 0, 0);
              return new Set(new Uint32Array(pen.getImageData(0, 0, sheet.width, sheet.height).data.buffer)).size;
            }
            """, Convert.ToBase64String(file)) > 20);
    }

    [Fact]
    public async Task A_saved_table_has_a_row_for_each_row_and_a_cell_for_each_column()
    {
        await using var visit = await OpenAsync("?lang=en&view=article&open=K15/count", 1280);
        await visit.Page.Locator(".drawer tbody tr").First.WaitForAsync();
        var rows = Encoding.UTF8.GetString(await SavedAsync(visit, ".drawer .drawer-part > .quiet"))[1..].Split("\r\n");
        Assert.Equal(1 + 26, rows.Length);
        Assert.All(rows, row => Assert.Equal(4, row.Split("\",\"").Length));
        Assert.StartsWith("\"Record\",\"Name\"", rows[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("article")]
    [InlineData("now")]
    public async Task Its_numbers_are_the_figures_own_on_five_days(string view)
    {
        var app = await azurite.SampleOfficeAsync();
        await using var visit = await OpenAsync($"?lang=en&view={view}", 1280);
        foreach (var day in new[] { "2018-06-09", "2019-12-31", "2021-06-30", "2023-02-28", "2024-03-25" })
        {
            await visit.Page.GotoAsync($"/dashboard?lang=en&view={view}&asOf={day}");
            await visit.ReadAsync();
            var kpis = (await app.GetAsync($"/api/v1/kpis?view={view}&asOf={day}"))["values"]!
                .ToLookup(value => (string)value["kpi"]! + string.Concat(value["dimensions"]!.Select(part => $"/{((JProperty)part).Value}")));
            int Number(string figure) => (int)Assert.Single(kpis[figure])["value"]!;
            string Part(string figure, string member) => (string)Assert.Single(kpis[figure])[member]!;

            Assert.Equal($"{Number("K03")}", await visit.TextOfAsync("#headline-cities strong"));
            Assert.Equal($"{Number("K04")}", await visit.TextOfAsync("#headline-countries strong"));
            Assert.Equal($"{Number("K15/count")}", await visit.TextOfAsync("#headline-agreements strong"));
            Assert.Equal($"{Number("K15/count")} signed · {Number("K16/count")} intentions", await visit.TextOfAsync("#projects .subtitle"));
            Assert.Equal($"{Number("K04")} covered · {Number("K11")} not", await visit.TextOfAsync("#coverage .subtitle"));
            Assert.Equal($"Dormant {Number("K13")} of {Number("K03")}", await visit.TextOfAsync("#activities h3"));
            Assert.Equal([Number("K07/INTENTION"), Number("K07/FRIENDLY_COOPERATION"), Number("K07/FRIEND_CITY")],
                (await visit.Page.Locator("#conversion .bars strong").AllInnerTextsAsync()).Select(text => int.Parse(text, null)));
            Assert.StartsWith($"{Part("K27", "numerator")} of {Part("K27", "denominator")} ", await visit.TextOfAsync("#platforms .subtitle"),
                StringComparison.Ordinal);
            Assert.Equal($"{Number("K39/soon") + Number("K39/overdue")} due or overdue, {Number("K39/missing")} without a known term",
                await visit.TextOfAsync("#due .subtitle"));
        }
        Assert.Empty(visit.Complaints);
    }

    private static Task<Dictionary<string, string>> TextsAsync(DashboardVisit visit) => visit.Page.EvaluateAsync<Dictionary<string, string>>(
        """
        Object.fromEntries([...document.querySelectorAll('.panel')]
          .map(panel => [panel.id, `${panel.innerText} ${panel.querySelectorAll('circle').length}`]))
        """);

    private static async Task<byte[]> SavedAsync(DashboardVisit visit, string button)
    {
        var file = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.Locator(button).ClickAsync());
        return await File.ReadAllBytesAsync(await file.PathAsync());
    }

    private async Task<DashboardVisit> OpenAsync(string query, int width)
    {
        var app = await azurite.SampleOfficeAsync();
        // The first answer of a service just started takes as long as it takes; what follows is the page's own time.
        await app.GetAsync("/api/v1/dashboard");
        var height = width switch { 390 => 844, 1920 => 1080, _ => 800 };
        var visit = await DashboardVisit.OpenAsync(browser, app.Address, query, width: width, height: height);
        await visit.SignInAsync(app.Key);
        await visit.ReadAsync();
        return visit;
    }
}
