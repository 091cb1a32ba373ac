using FriendCity.Records.Schemas;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Kpis;

/// <summary>The records behind figures and behind their moves, as callers get them.</summary>
public sealed class KpiExplanationTests(Azurite azurite)
{
    [Theory]
    [InlineData("K03")]
    [InlineData("K07")]
    [InlineData("K15")]
    [InlineData("K27")]
    [InlineData("K40")]
    public async Task Pages_of_rows_hold_each_row_of_each_breakdown_once(string kpi)
    {
        var app = await azurite.SampleOfficeAsync();
        var values = (await app.GetAsync($"/api/v1/kpis/{kpi}?view=article"))["values"]!;
        var whole = await app.GetAsync($"/api/v1/kpis/{kpi}/rows?view=article&$top=all");
        Assert.Equal(JTokenType.Null, whole["nextLink"]!.Type);
        var expected = values.Where(value => (int)value["rows"]! > 0).Select(value => $"{value["dimensions"]} {value["rows"]}")
            .Order(StringComparer.Ordinal);
        Assert.Equal(expected, whole["value"]!.GroupBy(row => row["dimensions"]!.ToString()).Select(group => $"{group.Key} {group.Count()}")
            .Order(StringComparer.Ordinal));

        var (pages, next) = (new JArray(), (string?)$"/api/v1/kpis/{kpi}/rows?view=article&$top=7");
        while (next is not null)
        {
            var page = await app.GetAsync(next);
            Assert.InRange(page["value"]!.Count(), 1, 7);
            foreach (var row in page["value"]!)
                pages.Add(row);
            next = (string?)page["nextLink"];
        }

        Assert.True(JToken.DeepEquals(whole["value"], pages));
    }

    [Fact]
    public async Task A_row_names_the_record_its_version_the_facts_that_counted_and_where_to_read_it()
    {
        var app = await azurite.SampleOfficeAsync();
        foreach (var row in (await app.GetAsync("/api/v1/kpis/K03/rows?view=article&$top=all"))["value"]!)
        {
            var record = await app.GetAsync((string)row["href"]!);
            Assert.Equal(((string?)row["id"], (long?)row["version"]), ((string?)record["id"], (long?)record["version"]));
            var place = row["fields"]!.Cast<JProperty>().Single(field => field.Name.EndsWith("/stage", StringComparison.Ordinal));
            Assert.Equal(record.SelectToken($"stages[{place.Name.Split('/')[1]}].stage"), place.Value);
            Assert.Equal(record["cityId"], row["fields"]!["cityId"]);
        }
    }

    [Fact]
    public async Task Every_field_that_a_row_names_is_one_of_the_record_type_and_its_name_is_the_record_s_name_or_title()
    {
        var app = await azurite.SampleOfficeAsync();
        foreach (var kpi in (await app.GetAsync("/api/v1/kpis?view=article"))["values"]!.Select(value => (string)value["kpi"]!).Distinct())
            foreach (var row in (await app.GetAsync($"/api/v1/kpis/{kpi}/rows?view=article&$top=all"))["value"]!)
            {
                var type = FriendCity.Registry.RegistryTypes.All.Find((string)row["type"]!)!;
                var known = RecordJson.Fields(type, type.Read([], new FriendCity.Messages.ValidationContext())).Properties()
                    .Select(field => field.Name)
                    .ToHashSet();
                Assert.All(row["fields"]!.Cast<JProperty>(),
                    field => Assert.True(known.Contains(field.Name.Split('/')[0]), $"{kpi}: {type.Name} has no {field.Name}"));
                Assert.Equal(known.Overlaps(["nameEn", "titleEn"]), row["nameEn"]!.Type == JTokenType.String);
                Assert.Equal(known.Overlaps(["nameZh", "titleZh"]), row["nameZh"]!.Type == JTokenType.String);
            }
    }

    [Theory]
    [InlineData("K07", "dimension=INTENTION", null)]
    [InlineData("K15", "measure=value", null)]
    [InlineData("K07", "dimension=ENGAGED", "dimension:")]
    [InlineData("K03", "dimension=INTENTION", "dimension:")]
    [InlineData("K15", "measure=worth", "measure:")]
    [InlineData("K03", "$top=0", "$top:")]
    [InlineData("K03", "cursor=x", "cursor_invalid")]
    public async Task Rows_of_one_breakdown_are_chosen_by_name_and_a_wrong_name_is_refused(string kpi, string query, string? refusal)
    {
        var answer = await (await azurite.SampleOfficeAsync()).SendAsync("GET", $"/api/v1/kpis/{kpi}/rows?view=article&{query}");
        if (refusal is null)
            Assert.Single(answer.Body!["value"]!.Select(row => row["dimensions"]!.ToString()).Distinct());
        else
            Assert.True(answer.Code == refusal || ((string?)answer.Body!["detail"])!.StartsWith(refusal, StringComparison.Ordinal),
                answer.Body!.ToString());
    }

    [Fact]
    public async Task The_articles_growth_is_explained_city_by_city()
    {
        var answer = await (await azurite.SampleOfficeAsync()).GetAsync("/api/v1/kpis/compare?view=article&kpi=K03");
        Assert.Equal(("2018-06-09", "2024-03-25"), ((string?)answer["from"]!["asOf"], (string?)answer["to"]!["asOf"]));
        var move = Assert.Single(answer["value"]!);
        Assert.Equal((4, 13, 9, "rows", 9), ((int)move["from"]!["value"]!, (int)move["to"]!["value"]!, (int)move["change"]!, (string)move["by"]!,
            (int)move["accounted"]!));
        Assert.Equal(9, move["rows"]!.Count(row => (string?)row["kind"] == "entered"));
        Assert.All(move["rows"]!, row => Assert.NotEmpty(row["after"]!));
    }

    [Fact]
    public async Task Two_states_of_knowledge_of_one_day_are_compared()
    {
        await using var app = await azurite.OfficeAsync(sample: true);
        var extra = (await app.CallAsync("POST", "/api/v1/cities",
            new JObject { ["id"] = "KZNEW", ["countryId"] = "KZ", ["entityLevel"] = "city", ["nameEn"] = "New", ["nameZh"] = "新" })).Is(201).Json;
        (await app.CallAsync("POST", "/api/v1/relationships", new JObject
        {
            ["id"] = "RNEW",
            ["homeCityId"] = "CNTAO",
            ["homeEntityLevel"] = "city",
            ["cityId"] = "KZNEW",
            ["stages"] = new JArray { new JObject { ["stage"] = "INTENTION", ["date"] = "2020-01-01" } },
        })).Is(201);
        var answer = await app.GetAsync(
            $"/api/v1/kpis/compare?kpi=K03&scenarios=all&from=2024-03-25&to=2024-03-25&fromKnownAt={extra["changedAt"]}");
        var move = Assert.Single(answer["value"]!);
        Assert.Equal(("RNEW", "entered", 1), ((string?)move["rows"]![0]!["id"], (string?)move["rows"]![0]!["kind"], (int)move["change"]!));
    }

    [Theory]
    [InlineData("kpi=K99", "kpi:")]
    [InlineData("from=x", "from:")]
    [InlineData("to=x", "to:")]
    [InlineData("fromKnownAt=x", "fromKnownAt:")]
    [InlineData("toKnownAt=2999-01-01T00:00:00Z", "toKnownAt:")]
    [InlineData("asOf=2024-01-01", "asOf:")]
    public async Task A_comparison_that_cannot_be_made_is_refused_by_name(string query, string detail)
    {
        var answer = await (await azurite.SampleOfficeAsync()).SendAsync("GET", $"/api/v1/kpis/compare?{query}");
        Assert.Equal((400, "bad_parameter"), (answer.Status, answer.Code));
        Assert.StartsWith(detail, (string?)answer.Body!["detail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_figures_are_compared_when_none_is_named()
    {
        var answer = await (await azurite.SampleOfficeAsync()).GetAsync("/api/v1/kpis/compare?view=article");
        Assert.Contains(answer["value"]!, move => (string?)move["kpi"] == "K15");
        Assert.All(answer["value"]!.Where(move => move["accounted"]!.Type != JTokenType.Null && move["change"]!.Type != JTokenType.Null),
            move => Assert.Equal((double)move["change"]!, (double)move["accounted"]!, 1e-6));
    }
}
