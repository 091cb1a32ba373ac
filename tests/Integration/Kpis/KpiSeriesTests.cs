using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Kpis;

public sealed class KpiSeriesTests(Azurite azurite)
{
    [Theory]
    [InlineData("from=2024-01-31&to=2024-05-31", "2024-01-31 2024-02-29 2024-03-31 2024-04-30 2024-05-31")]
    [InlineData("from=2023-09-01&to=2024-03-31&step=quarter", "2023-09-30 2023-12-31 2024-03-31")]
    [InlineData("from=2020-03-01&to=2024-02-29&step=year", "2021-02-28 2022-02-28 2023-02-28 2024-02-29")]
    [InlineData("from=2024-02-28&to=2024-03-01&step=day", "2024-02-28 2024-02-29 2024-03-01")]
    [InlineData("from=2024-03-01&to=2024-03-01", "2024-03-01")]
    [InlineData("from=0001-01-01&to=0001-02-01&step=month", "0001-01-01 0001-02-01")]
    public async Task Points_are_counted_back_from_the_end(string query, string days)
    {
        var answer = await (await azurite.SampleOfficeAsync()).GetAsync($"/api/v1/kpis/K03/series?view=article&{query}");
        Assert.Equal(days.Split(' '), answer["series"]![0]!["points"]!.Select(point => (string?)point["asOf"]));
        Assert.Equal((days.Split(' ')[0], days.Split(' ')[^1]), ((string?)answer["from"], (string?)answer["to"]));
    }

    [Fact]
    public async Task A_series_ends_on_the_views_day_and_begins_a_year_before()
    {
        var answer = await (await azurite.SampleOfficeAsync()).GetAsync("/api/v1/kpis/K03/series?view=article");
        Assert.Equal(("2023-03-25", "2024-03-25", 13), ((string?)answer["from"], (string?)answer["to"], answer["series"]![0]!["points"]!.Count()));
    }

    [Theory]
    [InlineData("from=2024-02-30", "from:")]
    [InlineData("to=soon", "to:")]
    [InlineData("from=2024-02-02&to=2024-02-01", "from:")]
    [InlineData("step=week", "step:")]
    [InlineData("step=day&from=2020-01-01&to=2024-01-01", "step:")]
    [InlineData("asOf=2024-01-01", "asOf:")]
    [InlineData("scope=NOWHERE", "scope:")]
    public async Task A_series_that_cannot_be_told_is_refused_by_name(string query, string detail)
    {
        var answer = await (await azurite.SampleOfficeAsync()).SendAsync("GET", $"/api/v1/kpis/K03/series?{query}");
        Assert.Equal((400, "bad_parameter"), (answer.Status, answer.Code));
        Assert.StartsWith(detail, (string?)answer.Body!["detail"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("K99")]
    [InlineData("k03")]
    [InlineData("K99/series")]
    [InlineData("K03/nothing")]
    public async Task There_is_no_figure_of_another_name(string address) =>
        Assert.Equal("not_found", (await (await azurite.SampleOfficeAsync()).SendAsync("GET", $"/api/v1/kpis/{address}")).Code);

    [Fact]
    public async Task Each_point_is_the_figure_asked_for_on_its_day()
    {
        var app = await azurite.SampleOfficeAsync();
        var days = new[] { "2018-06-09", "2019-06-09", "2020-06-09", "2021-06-09", "2022-06-09", "2023-06-09" };
        var asked = await Task.WhenAll(days.Select(day => app.GetAsync($"/api/v1/kpis?asOf={day}&scope=SCO_LIVE&scenarios=all")));
        foreach (var kpi in asked[0]["values"]!.Select(value => (string)value["kpi"]!).Distinct())
        {
            var series = await app.GetAsync($"/api/v1/kpis/{kpi}/series?step=year&from={days[0]}&to={days[^1]}&scope=SCO_LIVE&scenarios=all");
            var told = from course in series["series"]!
                       from point in course["points"]!
                       select Line(kpi, (string)point["asOf"]!, course["dimensions"]!, course["measure"], point);
            var expected = from day in asked
                           from value in day["values"]!
                           where (string)value["kpi"]! == kpi
                           select Line(kpi, (string)day["asOf"]!, value["dimensions"]!, value["measure"], value);
            Assert.Equal(expected.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task One_figure_is_told_as_among_all_others()
    {
        var app = await azurite.SampleOfficeAsync();
        var all = (await app.GetAsync("/api/v1/kpis?view=article"))["values"]!.Where(value => (string)value["kpi"]! == "K15");
        Assert.True(JToken.DeepEquals(new JArray(all), (await app.GetAsync("/api/v1/kpis/K15?view=article"))["values"]));
    }

    private static string Line(string kpi, string day, JToken dimensions, JToken? measure, JToken value) =>
        string.Join(' ', kpi, day, dimensions.ToString(Newtonsoft.Json.Formatting.None), measure, value["value"], value["numerator"],
            value["denominator"], value["rows"], value["reason"]);
}
