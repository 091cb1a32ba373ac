using System.Text.Json.Nodes;
using FriendCity.Tests.Support;
using Microsoft.Playwright;

namespace FriendCity.Tests.Browser.Dashboard.Walk;

/// <summary>
/// Every state in which there are no figures of now, on a telephone in Chinese and dark, on a laptop in English and light: it says what is and
/// what to do, nothing is cut, and axe finds nothing.
/// </summary>
public sealed class StateWalkTests(ChromiumBrowser browser)
{
    private static readonly Dictionary<string, State> States = new(StringComparer.Ordinal)
    {
        ["asked for a key"] = new(".signin", "Ask Office keys@example.cn +86 532 1", "请联系： Office keys@example.cn +86 532 1", SignsIn: false),
        ["refused"] = new(".signin .problem", "does not accept this key", "系统不接受这个密钥", Key: "wrong"),
        ["forbidden"] = new(".signin .problem", "may not read the figures", "无权查看指标",
            Data: _ => Task.FromResult(SamplePage.Problem(403, "Not allowed"))),
        ["loading"] = new(".skeleton h2 >> nth=0", "Cities in the circle", "朋友圈城市", Data: _ => new TaskCompletionSource<JsonObject>().Task),
        ["empty"] = new(".empty", "The registry holds nothing to count yet", "登记库中还没有可统计的记录",
            Data: request => SamplePage.EmptyAsync(request.Query["lang"] != "en")),
        ["storage silent"] = new(".failing", "Error code: storage_unavailable", "storage_unavailable",
            Data: _ => Task.FromResult(SamplePage.Problem(503, "Storage does not answer", code: "storage_unavailable"))),
        ["stale"] = new(".notice", "this is what the registry held 67 minutes ago.", "以下为67分钟前的数据。", Data: Aged),
        ["offline"] = new(".notice", "Offline · showing what was read at", "离线", Then: async visit =>
        {
            await visit.ReadAsync();
            await visit.Page.Context.SetOfflineAsync(true);
            await visit.Page.Locator("#refresh").ClickAsync();
        }),
        ["wrong parameter"] = new(".notice", "asks for asOf=2024-02-30, which is not understood", "asOf=2024-02-30", Query: "&asOf=2024-02-30"),
        ["unknown parameter"] = new(".notice", "has a parameter colour, which does not exist", "colour", Query: "&colour=red"),
        ["nothing entered lately"] = new(".lately", "No activity was entered for any city", "没有为任何一个朋友圈城市登记往来活动", Data: async request =>
        {
            var page = await SamplePage.AnswerAsync(request);
            page["activities"]!["enteredLately"] = false;
            return page;
        }),
    };

    public static TheoryData<string, string> Rows => new(
        from state in States.Keys
        from language in new[] { "zh-CN", "en" }
        select (state, language));

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_state_says_what_to_do_and_is_whole(string name, string language)
    {
        var state = States[name];
        var chinese = language == "zh-CN";
        await using var site = await DashboardSite.StartAsync(contact: "Office; keys@example.cn; +86 532 1");
        site.Data = state.Data ?? site.Data;
        await using var visit = await DashboardVisit.OpenAsync(
            browser, site, $"?lang={language}&view=article{state.Query}", width: chinese ? 390 : 1280);
        await visit.Page.EmulateMediaAsync(new() { ColorScheme = chinese ? ColorScheme.Dark : ColorScheme.Light });
        if (state.SignsIn)
            await visit.SignInAsync(state.Key);
        if (state.Then is not null)
            await state.Then(visit);

        await visit.Page.Locator(state.Place).First.WaitForAsync();
        Assert.Contains(chinese ? state.Chinese : state.English, await visit.Page.Locator(state.Place).First.InnerTextAsync(),
            StringComparison.Ordinal);
        if (name != "loading")
        {
            await visit.Page.Locator("main:not([aria-busy])").WaitForAsync();
            Assert.Equal([], await PageFaults.OnAsync(visit));
        }

        // Over the whole board axe takes many seconds, and AccessibilityTests ask that: of a notice above it, the notice alone is asked.
        var isNotice = state.Place is ".notice" or ".lately";
        Assert.Equal([], await PageFaults.ForSomeAsync(visit, isNotice ? state.Place : "html"));
        Assert.Equal([], visit.Complaints.Where(complaint => !complaint.Contains("ERR_INTERNET_DISCONNECTED", StringComparison.Ordinal)));
    }

    private static Task<JsonObject> Aged(HttpRequest request)
    {
        request.HttpContext.Response.Headers.Age = "4000";
        return SamplePage.AnswerAsync(Sample.Article, chinese: request.Query["lang"] != "en");
    }

    private sealed record State(
        string Place, string English, string Chinese, string Query = "", bool SignsIn = true, string Key = DashboardSite.Key,
        Func<HttpRequest, Task<JsonObject>>? Data = null, Func<DashboardVisit, Task>? Then = null);
}
