using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using FriendCity.Kpis.Definitions;
using FriendCity.Serialization;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Dashboard;

/// <summary>One call feeds the first view: its numbers are those of <c>/api/v1/kpis</c>, it is small, and nobody sends it twice.</summary>
public sealed class DashboardApiTests(Azurite azurite)
{
    private const int MostBytes = 60 * 1024;

    [Theory]
    [InlineData("article", "2024-03-25")]
    [InlineData("article", "2018-06-09")]
    [InlineData("article", "2021-12-31")]
    [InlineData("now", "2026-11-28")]
    [InlineData("now", "2024-06-30")]
    [InlineData("now", "2019-02-28")]
    public async Task Its_figures_are_those_of_the_figures_own_address(string view, string asOf)
    {
        var app = await azurite.SampleOfficeAsync();
        var page = await app.GetAsync($"/api/v1/dashboard?view={view}&asOf={asOf}&lang=en");
        var answers = await Task.WhenAll(KpiCatalogue.Panels.Select(kpi => $"/{kpi.Id}").Prepend("")
            .Select(kpi => app.GetAsync($"/api/v1/kpis{kpi}?view={view}&asOf={asOf}")));
        var kpis = answers.SelectMany(answer => answer["values"]!)
            .ToDictionary(value => (string)value["kpi"]! + string.Concat(value["dimensions"]!.Select(part => $"/{((JProperty)part).Value}")));

        var figures = (JArray)page["figures"]!;
        Assert.True(figures.Count > 100);
        Assert.All(figures, figure =>
        {
            var value = kpis[(string)figure["kpi"]! + (figure["part"] is { } part ? $"/{part}" : "")];
            Assert.Equal(value["value"], figure["value"], JToken.EqualityComparer);
            Assert.Equal(value["rows"], figure["rows"], JToken.EqualityComparer);
            Assert.InRange((int)figure["illustrative"]!, 0, (int)value["evidence"]!["illustrative"]!);
        });
        Assert.Equal(Pick(figures, "K03"), page["ties"]!.Count());
        Assert.Equal(Pick(figures, "K11"), page["countries"]!.Count(country => country["stage"]!.Type == JTokenType.Null));
        var columns = page["projects"]!["columns"]!.Select(sector => $":{sector}/").ToList();
        Assert.Equal(Pick(figures, "K15", "count"), Sum("projects-by-status", part => part != "INTENTION"));
        Assert.Equal(Pick(figures, "K16", "count"), Sum("projects-by-status", part => part == "INTENTION"));
        Assert.Equal(Pick(figures, "K15", "count"), Sum("projects-by-sector", part => part.EndsWith("/signed", StringComparison.Ordinal)
            && columns.Exists(part.Contains)));
        Assert.Equal(Pick(figures, "K16", "count"), Sum("projects-by-sector", part => part.EndsWith("/intended", StringComparison.Ordinal)
            && columns.Exists(part.Contains)));
        Assert.Equal(Pick(figures, "K03"), Sum("cities-by-country", _ => true));
        Assert.Equal(Pick(figures, "K13"), page["ties"]!.Count(tie => (bool)tie["silent"]!));
        var hubs = Assert.Single(figures, figure => (string?)figure["kpi"] == "K20" && figure["part"] is null);
        Assert.Equal(((double)hubs["numerator"]!, (double)hubs["denominator"]!),
            (Sum("hubs-by-direction", part => part.EndsWith("/tied", StringComparison.Ordinal)),
                Sum("hubs-by-direction", part => part.EndsWith("/hubs", StringComparison.Ordinal))));

        double Sum(string kpi, Func<string, bool> isMeant) => figures.Where(figure => (string?)figure["kpi"] == kpi
            && isMeant((string)figure["part"]!)).Sum(figure => (double)figure["value"]!);
    }

    [Fact]
    public async Task Numbers_of_panels_count_their_rows_and_nothing_else()
    {
        const string question = "view=now&asOf=2026-11-28";
        var app = await azurite.SampleOfficeAsync();
        var page = await app.GetAsync($"/api/v1/dashboard?{question}");
        var scope = page["countries"]!.Select(country => (string)country["id"]!).ToHashSet();
        var past = (await app.GetAsync("/api/v1/activities?$top=1000&$filter=date le 2026-11-28"))["value"]!;
        var activities = past.Where(activity => !activity["countryIds"]!.Any() || activity["countryIds"]!.Any(id => scope.Contains((string)id!)));
        var figures = page["figures"]!;
        Assert.Equal(activities.CountBy(activity => ((string)activity["date"]!)[..7]).ToDictionary(), figures.Where(figure => (string?)figure["kpi"] == "activities-by-month")
            .ToDictionary(figure => (string)figure["part"]!, figure => (int)figure["value"]!));
        var projects = (await app.GetAsync("/api/v1/projects?$top=1000"))["value"]!.ToDictionary(project => (string)project["id"]!);
        var country = page["cities"]!.ToDictionary(city => (string)city["id"]!, city => (string)city["countryId"]!);
        var columns = page["projects"]!["columns"]!.Select(sector => (string)sector!).ToList();
        Assert.Equal(12, columns.Count);
        foreach (var figure in figures.Where(figure => KpiCatalogue.Panels.Any(kpi => kpi.Id == (string?)figure["kpi"])))
        {
            var part = ((string)figure["part"]!).Split('/');
            var rows = await app.GetAsync($"/api/v1/kpis/{figure["kpi"]}/rows?{question}&dimension={part[0]}"
                + (part.Length > 1 ? $"&measure={part[1]}" : ""));
            Assert.Equal((int)figure["value"]!, (int)rows["count"]!);
            var ids = rows["value"]!.Select(row => (string)row["id"]!).ToList();
            Assert.Equal((int)figure["value"]!, ids.Count);
            if ((string)figure["kpi"]! is "cities-by-country")
                Assert.Equal(page["ties"]!.Where(tie => country[(string)tie["cityId"]!] == part[0] && (string)tie["stage"]! == part[1])
                    .Select(tie => (string)tie["id"]!).Order(StringComparer.Ordinal), ids);
            if ((string)figure["kpi"]! is "projects-by-status")
                Assert.All(ids, id => Assert.Equal(part[0], (string)projects[id]["status"]!));
            if ((string)figure["kpi"]! is "projects-by-sector")
                Assert.All(ids, id => Assert.Equal((part[0], part[1] == "intended"), ($"{projects[id]["centreId"]}:"
                    + (part[0].EndsWith('*') && !columns.Contains((string)projects[id]["sectorId"]!) ? "*" : projects[id]["sectorId"]),
                    (string)projects[id]["status"]! == "INTENTION")));
        }

        foreach (var tie in page["ties"]!)
        {
            var own = past.Where(activity => activity["cityIds"]!.Any(city => (string)city! == (string)tie["cityId"]!)).ToList();
            Assert.Equal(own.Max(activity => (string?)activity["date"]), (string?)tie["lastActivity"]);
            Assert.Equal((string?)tie["lastActivity"], (string?)own.Find(activity => (string?)activity["id"] == (string?)tie["lastActivityId"])?["date"]);
        }
    }

    [Fact]
    public async Task Agreements_that_ask_for_a_decision_come_by_its_day_and_those_without_one_last()
    {
        var app = await azurite.SampleOfficeAsync();
        var page = await app.GetAsync("/api/v1/dashboard?view=now&asOf=2026-11-28&lang=en");
        var due = page["agreements"]!.Select(each => (Id: (string)each["id"]!, Until: (string?)each["until"], State: (string)each["state"]!)).ToList();
        Assert.Equal(Math.Min(20, Pick((JArray)page["figures"]!, "K39", "due")), due.Count);
        Assert.Equal(due.OrderBy(each => each.Until ?? "9999", StringComparer.Ordinal).ThenBy(each => each.Id, StringComparer.Ordinal), due);
        Assert.All(due, each => Assert.Equal(each.Until is null, each.State == "missing"));
        Assert.Contains(due, each => each.State == "overdue");
        Assert.Contains(due, each => each.State == "missing");
    }

    [Fact]
    public async Task The_course_of_time_says_of_each_day_what_the_day_itself_says()
    {
        var app = await azurite.SampleOfficeAsync();
        var time = (await app.GetAsync("/api/v1/dashboard?view=article"))["time"]!;
        var days = time["days"]!.Select(day => (string)day!).ToList();
        Assert.Equal(("2018-01-31", "2024-03-25"), (days[0], days[^1]));
        foreach (var index in new[] { 5, 20, 41, days.Count - 1 })
        {
            var figures = (JArray)(await app.GetAsync($"/api/v1/dashboard?view=article&asOf={days[index]}"))["figures"]!;
            foreach (var stage in new[] { "FRIEND_CITY", "FRIENDLY_COOPERATION", "INTENTION" })
                Assert.Equal(Pick(figures, "K07", stage), (double)time[stage]![index]!);
        }

        Assert.Contains(time["milestones"]!, milestone => (bool)milestone["baseline"]! && (string?)milestone["date"] == "2018-06-09");
    }

    [Theory]
    [InlineData("now", "zh-CN")]
    [InlineData("article", "en")]
    public async Task It_is_small_enough_for_a_telephone(string view, string language)
    {
        var app = await azurite.SampleOfficeAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/dashboard?view={view}&lang={language}");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var response = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.InRange(bytes.Length, 5_000, MostBytes);
        using var text = new StreamReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress));
        Assert.Equal(language, (string?)((JObject)Json.Parse(await text.ReadToEndAsync(TestContext.Current.CancellationToken)))["language"]);
    }

    [Fact]
    public async Task Who_has_it_already_is_answered_304_until_a_record_changes()
    {
        await using var app = await azurite.OfficeAsync();
        Assert.Equal(201, (await app.SendAsync("PUT", "/api/v1/countries/XA", """{"nameEn":"A","nameZh":"甲"}""")).Status);
        const string page = "/api/v1/dashboard?view=now&scope=world&asOf=2026-01-01&lang=en";
        var first = await app.SendAsync("GET", page);
        Assert.Equal(304, (await app.SendAsync("GET", page, headers: ("If-None-Match", first.ETag!))).Status);
        Assert.Equal(200, (await app.SendAsync("GET", page.Replace("lang=en", "lang=zh", StringComparison.Ordinal),
            headers: ("If-None-Match", first.ETag!))).Status);

        Assert.Equal(201, (await app.SendAsync("PUT", "/api/v1/countries/XB", """{"nameEn":"B","nameZh":"乙"}""")).Status);
        var second = await app.SendAsync("GET", page, headers: ("If-None-Match", first.ETag!));
        Assert.Equal((200, 2), (second.Status, (int)second.Body!["scopeSize"]!));
        Assert.NotEqual(first.ETag, second.ETag);
    }

    [Theory]
    [InlineData("lang=fr")]
    [InlineData("view=other")]
    [InlineData("asOf=yesterday")]
    [InlineData("colour=red")]
    public async Task A_wrong_parameter_is_said_and_not_ignored(string query)
    {
        var answer = await (await azurite.SampleOfficeAsync()).SendAsync("GET", $"/api/v1/dashboard?{query}");
        Assert.Equal((400, "bad_parameter"), (answer.Status, answer.Code));
        Assert.Contains(query.Split('=')[0], answer.Body!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_told()
    {
        var app = await azurite.SampleOfficeAsync();
        using var client = app.NewClient();
        using var response = await client.GetAsync(new Uri("/api/v1/dashboard", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Its_words_are_in_one_language_and_name_what_they_are_about()
    {
        var app = await azurite.SampleOfficeAsync();
        var (english, chinese) = (await app.GetAsync("/api/v1/dashboard?view=now&asOf=2026-11-28&lang=en"),
            await app.GetAsync("/api/v1/dashboard?view=now&asOf=2026-11-28&lang=zh-CN"));
        Assert.Equal("Perm", Name(english, "cities", "RUPEE"));
        Assert.Equal("彼尔姆", Name(chinese, "cities", "RUPEE"));
        Assert.DoesNotMatch(@"\p{IsCJKUnifiedIdeographs}", string.Concat(english["sentences"]!.Concat(english["alerts"]!).Select(each => each.ToString())));
        Assert.Contains(english["published"]!, series => (string?)series["area"] == "Jiaozhou city" && (int)series["year"]! == 2025);
        Assert.False((bool)english["activities"]!["enteredLately"]!);
        Assert.All(english["targets"]!, target => Assert.True((bool)target["ended"]!));
        Assert.DoesNotMatch(@"\bK\d\d\b", string.Concat(english["alerts"]!.SelectMany(kind => kind["messages"]!).Select(each => (string?)each)));
    }

    private static double Pick(JArray figures, string kpi, string? part = null) =>
        (double)Assert.Single(figures, figure => (string?)figure["kpi"] == kpi && (string?)figure["part"] == part)["value"]!;

    private static string? Name(JObject page, string list, string id) =>
        (string?)Assert.Single(page[list]!, each => (string?)each["id"] == id)["name"];
}
