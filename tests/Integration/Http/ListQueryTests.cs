using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Http;

/// <summary>List queries over the sample, as a partner sends them.</summary>
public sealed class ListQueryTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private readonly TestApp _app = drafts.App;

    [Theory]
    [InlineData("cityId eq 'RULED'")]
    [InlineData("status in ('SIGNED','COMPLETED')")]
    [InlineData("plannedValue gt 5000000")]
    [InlineData("agreementDate ge 2021-01-01 and agreementDate lt 2022-01-01")]
    [InlineData("contains(nameZh,'港口')")]
    [InlineData("cityId eq null")]
    public async Task Projects_are_found_by_what_they_are(string filter)
    {
        var expected = Projects().Where(project => filter.Split(' ')[0] switch
        {
            "cityId" when filter.EndsWith("null", StringComparison.Ordinal) => project["cityId"] is null,
            "cityId" => (string?)project["cityId"] == "RULED",
            "status" => (string?)project["status"] is "SIGNED" or "COMPLETED",
            "plannedValue" => (decimal?)project["plannedValue"] > 5_000_000,
            "agreementDate" => ((string?)project["agreementDate"])?.StartsWith("2021", StringComparison.Ordinal) == true,
            _ => ((string)project["nameZh"]!).Contains("港口", StringComparison.Ordinal),
        }).Select(project => (string)project["id"]!).Order(StringComparer.Ordinal).ToList();
        Assert.InRange(expected.Count, 1, Projects().Count - 1);
        Assert.Equal(expected, await IdsAsync($"projects?$filter={Uri.EscapeDataString(filter)}"));
    }

    [Fact]
    public async Task The_longest_filter_in_Chinese_is_heard_and_its_next_page_too()
    {
        string Ask(int length) =>
            $"/api/v1/projects?$filter={Uri.EscapeDataString($"not contains(nameZh,'{new string('港', length)}')")}&$top=1&$orderby=nameZh";
        var page = await _app.GetAsync(Ask(670));
        Assert.Equal(200, (await _app.SendAsync("GET", new Uri((string)page["nextLink"]!).PathAndQuery)).Status);
        (await _app.CallAsync("GET", Ask(690))).IsProblem(400, "bad_parameter");
    }

    [Fact]
    public async Task Lists_inside_records_are_asked_by_any()
    {
        var ties = Read("relationships").Where(tie => tie["stages"]!.Any(stage => (string?)stage["stage"] == "FRIEND_CITY"))
            .Select(tie => (string)tie["id"]!);
        Assert.Equal(ties.Order(StringComparer.Ordinal), await IdsAsync("relationships?$filter=stages/any(s:s/stage eq 'FRIEND_CITY')"));
        foreach (var type in new[] { "activities", "strategies" })
        {
            var with = Read(type).Where(row => row["cityIds"]?.Any(id => (string?)id == "RULED") == true).Select(row => (string)row["id"]!);
            Assert.Equal(with.Order(StringComparer.Ordinal), await IdsAsync($"{type}?$filter=cityIds/any(c:c eq 'RULED')"));
        }
    }

    [Fact]
    public async Task A_list_is_counted_ordered_cut_and_continued_with_the_same_question()
    {
        var filter = Uri.EscapeDataString("plannedValue ne null and contains(nameZh,'合作')");
        var path = $"/api/v1/projects?code={_app.Key}&$filter={filter}&$orderby=currency,plannedValue "
            + $"desc&$select=nameZh,plannedValue,currency&$search=合作&$count=true&$top=7";
        var expected = Projects().Where(project => project["plannedValue"] is not null && ((string)project["nameZh"]!)
            .Contains("合作", StringComparison.Ordinal))
            .OrderBy(project => (string?)project["currency"], StringComparer.Ordinal).ThenByDescending(project => (decimal)project["plannedValue"]!)
                .ThenBy(project => (string?)project["id"], StringComparer.Ordinal)
            .Select(project => (string)project["id"]!).ToList();
        var ids = new List<string>();
        for (var next = path; next is not null;)
        {
            var page = await _app.GetAsync(next);
            Assert.Equal(["count", "value", "nextLink"], page.Properties().Select(property => property.Name));
            Assert.Equal(expected.Count, (int)page["count"]!);
            Assert.All(page["value"]!, row => Assert.Equal(["id", "nameZh", "plannedValue", "currency"], ((JObject)row).Properties()
                .Select(property => property.Name)));
            ids.AddRange(page["value"]!.Select(row => (string)row["id"]!));
            next = (string?)page["nextLink"];
            Assert.DoesNotContain(_app.Key, next ?? "", StringComparison.Ordinal);
            Assert.DoesNotContain("code=", next ?? "", StringComparison.Ordinal);
        }

        Assert.True(expected.Count > 14);
        Assert.Equal(expected, ids);
    }

    [Fact]
    public async Task What_the_registry_adds_can_be_selected_and_asked_as_it_is_shown()
    {
        var row = (JObject)(await _app.GetAsync("/api/v1/cities?$select=actor,changedAt,version,nameEn&$top=1"))["value"]![0]!;
        Assert.Equal(["id", "nameEn", "version", "changedAt", "actor"], row.Properties().Select(property => property.Name));
        Assert.Contains((string)row["id"]!, await IdsAsync(
            $"cities?$filter=changedAt eq {row["changedAt"]} and actor eq '{row["actor"]}' and version eq 1 and id eq '{row["id"]}'"));
        Assert.Equal(["id"], ((JObject)(await _app.GetAsync("/api/v1/cities?$select=id&$top=1"))["value"]![0]!).Properties()
            .Select(property => property.Name));
    }

    [Theory]
    [InlineData("PERM park", "I002")]
    [InlineData("工业 不存在", null)]
    [InlineData("生物科技", "P010")]
    public async Task Names_are_searched_in_any_language_and_case(string search, string? id)
    {
        var ids = await IdsAsync($"projects?$search={Uri.EscapeDataString(search)}");
        Assert.True(id is null ? ids.Count == 0 : ids.Contains(id) && ids.Count < 10, string.Join(' ', ids));
    }

    [Theory]
    [InlineData("$filter=none eq 1", "at character 1:", "there is no 'none'")]
    [InlineData("$filter=cityId eq 'A' or length(nameEn) gt 1", "at character 18:", "no function 'length'")]
    [InlineData("$filter=cityId eq 'A' nonsense", "at character 15:", "the end")]
    [InlineData("$filter=cityId eq 'A", "at character 11:", "quote")]
    [InlineData("$filter=agreementDate ge '2024-01-01'", "at character 18:", "without quotes")]
    [InlineData("$orderby=nameEn,none", "at character 8:", "there is no 'none'")]
    [InlineData("$orderby=statusEvents", "at character 1:", "order")]
    [InlineData("$select=nameEn,operationId", "at character 8:", "there is no 'operationId'")]
    [InlineData("$count=yes", "$count", "true or false")]
    [InlineData("$search=%20", "at character 1:", "blank")]
    [InlineData("$filter=cityId eq 'A'&$filter=cityId eq 'B'", "$filter", "once")]
    public async Task A_question_that_is_not_understood_is_refused_with_its_place(string query, string place, string expected)
    {
        var reply = (await _app.CallAsync("GET", $"/api/v1/projects?{query}")).IsProblem(400, "bad_parameter");
        Assert.Contains(place, (string)reply.Json["detail"]!, StringComparison.Ordinal);
        Assert.Contains(expected, (string)reply.Json["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_in_the_readers_language() =>
        Assert.Contains("第 1 个字符处：应为", (string)(
            await _app.CallAsync("GET", "/api/v1/projects?$filter=none eq 1", headers: ("Accept-Language", "zh-CN"))).Json["detail"]!,
            StringComparison.Ordinal);

    [Fact]
    public async Task A_cursor_of_another_question_is_refused()
    {
        const string query = "/api/v1/projects?$filter=plannedValue gt 1&$orderby=nameEn&$top=3";
        var next = (string)(await _app.GetAsync(query))["nextLink"]!;
        var cursor = next.Split("cursor=")[1];
        Assert.Equal(5, (await _app.GetAsync($"{query.Replace("$top=3", "$top=5", StringComparison.Ordinal)}&cursor={cursor}"))["value"]!.Count());
        foreach (var other in new[] { query.Replace("gt 1", "gt 2", StringComparison.Ordinal),
            query.Replace("nameEn", "nameZh", StringComparison.Ordinal), query + "&$select=nameEn", query + "&$search=a", "/api/v1/projects?" })
            (await _app.CallAsync("GET", $"{other}&cursor={cursor}")).IsProblem(400, "cursor_invalid");
    }

    private static List<JObject> Projects() => Read("projects");

    private static List<JObject> Read(string type) =>
        [.. ((JArray)FriendCity.Serialization.Json.Parse(File.ReadAllText(Path.Combine(Sample.Folder, $"{type}.json")))).Cast<JObject>()];

    private async Task<List<string>> IdsAsync(string path) =>
        [.. (await _app.GetAsync($"/api/v1/{path}"))["value"]!.Select(row => (string)row["id"]!)];
}
