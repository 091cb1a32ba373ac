using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.PowerBi.OData;

/// <summary>The sets that need no joining: what they show of other records is what those records say, now.</summary>
public sealed class WideSetTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private readonly TestApp _app = drafts.App;

    [Fact]
    public async Task A_project_is_shown_with_the_names_of_what_it_refers_to_and_the_place_of_its_city()
    {
        var (projects, wide) = (await _app.RowsAsync("/odata/Projects"), await _app.RowsAsync("/odata/ProjectsWithCity"));
        var (cities, countries, sectors, centres) = (await ByIdAsync("Cities"), await ByIdAsync("Countries"), await ByIdAsync("Sectors"),
            await ByIdAsync("Centres"));
        Assert.Equal(projects.Count, wide.Count);
        Assert.Contains(projects, project => project["CityId"]!.Type == JTokenType.Null);
        foreach (var (project, row) in projects.Cast<JObject>().Zip(wide.Cast<JObject>()))
        {
            foreach (var property in project.Properties())
                Assert.True(JToken.DeepEquals(property.Value, row[property.Name]), property.Name);
            Same(cities, project["CityId"]!, row, ("NameEn", "CityNameEn"), ("NameZh", "CityNameZh"), ("Latitude", "Latitude"),
                ("Longitude", "Longitude"));
            Same(countries, project["CountryId"]!, row, ("NameEn", "CountryNameEn"), ("NameZh", "CountryNameZh"));
            Same(sectors, project["SectorId"]!, row, ("NameEn", "SectorNameEn"), ("NameZh", "SectorNameZh"));
            Same(centres, project["CentreId"]!, row, ("NameEn", "CentreNameEn"), ("NameZh", "CentreNameZh"));
        }
    }

    private async Task<Dictionary<string, JToken>> ByIdAsync(string set) =>
        (await _app.RowsAsync($"/odata/{set}")).ToDictionary(row => (string)row["Id"]!);

    private static void Same(Dictionary<string, JToken> records, JToken id, JObject row, params (string Of, string As)[] names) =>
        Assert.All(names, name => Assert.True(JToken.DeepEquals(
        id.Type == JTokenType.Null ? JValue.CreateNull() : records[(string)id!][name.Of], row[name.As]), $"{row["Id"]} {name.As}"));

    [Fact]
    public async Task Joined_values_are_filtered_ordered_and_paged_and_follow_the_record_they_come_from()
    {
        var (id, project) = (DraftTestApp.NewId(), DraftTestApp.NewId());
        var path = await _app.CreateAsync("cities", DraftTestApp.City(id));
        await _app.CreateAsync("projects", new JObject
        {
            ["id"] = project,
            ["nameEn"] = "x",
            ["nameZh"] = "x",
            ["cityId"] = id,
            ["countryId"] = "KZ",
            ["sectorId"] = "TRADE",
            ["status"] = "INTENTION"
        });
        var mine = $"/odata/ProjectsWithCity?$filter=CityNameEn eq '{DraftTestApp.City(id)["nameEn"]}' and Id eq '{project}'";
        Assert.Equal([project], await _app.IdsAsync(mine));
        var etag = (await _app.FeedAsync("/odata/ProjectsWithCity")).ETag!;
        (await _app.FeedAsync("/odata/ProjectsWithCity", ("If-None-Match", etag))).Is(304);

        (await _app.CallAsync("PATCH", path, new JObject { ["nameEn"] = "Renamed" }, "\"1\"", ApiClient.MergePatch)).Is(200);
        Assert.Empty(await _app.IdsAsync(mine));
        (await _app.FeedAsync("/odata/ProjectsWithCity", ("If-None-Match", etag))).Is(200);
        var whole = (await _app.RowsAsync("/odata/ProjectsWithCity")).OrderByDescending(row => (string?)row["CityNameEn"], StringComparer.Ordinal)
            .ThenBy(row => (string?)row["Id"], StringComparer.Ordinal).Select(row => (string)row["Id"]!);
        Assert.Equal(whole, (await _app.CrawlAsync("/odata/ProjectsWithCity?$orderby=CityNameEn desc", 9)).Select(row => (string)row["Id"]!));
    }

    [Fact]
    public async Task A_city_is_shown_with_the_tie_that_figures_count_today()
    {
        var rows = (await _app.RowsAsync("/odata/CitiesWithTie")).ToDictionary(row => (string)row["Id"]!);
        Assert.Equal((await ByIdAsync("Cities")).Keys.Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));
        var ties = rows.Values.Where(row => (string?)row["Stage"] is not null).ToList();
        var formal = ties.Count(row => (bool)row["IsFormal"]! && (bool)row["InScope"]!);
        var figures = (await _app.GetAsync("/api/v1/kpis?view=now"))["values"]!;
        Assert.Equal(Value(figures, "K03"), ties.Count(row => (bool)row["InScope"]!));
        Assert.InRange(formal, 1, ties.Count);

        var countries = await ByIdAsync("Countries");
        foreach (var row in rows.Values)
            Assert.Equal((string?)countries[(string)row["CountryId"]!]["NameZh"], (string?)row["CountryNameZh"]);
        var stages = (await _app.RowsAsync("/odata/RelationshipStages")).ToLookup(row => (string)row["RelationshipId"]!);
        foreach (var row in ties)
        {
            var stage = stages[(string)row["RelationshipId"]!].Last();
            Assert.Equal(((string?)stage["Stage"], (string?)stage["Date"]), ((string?)row["Stage"], (string?)row["StageSince"]));
        }
    }

    private static int Value(JToken figures, string kpi) =>
        (int)figures.Single(figure => (string?)figure["kpi"] == kpi && !figure["dimensions"]!.Any())["value"]!;

    [Fact]
    public async Task A_tie_that_ends_leaves_its_city_without_one()
    {
        var (city, tie) = (DraftTestApp.NewId(), DraftTestApp.NewId());
        await _app.CreateAsync("cities", DraftTestApp.City(city));
        var stages = new JArray(new JObject { ["stage"] = "INTENTION", ["date"] = "2020-01-02" });
        var path = await _app.CreateAsync("relationships",
            new JObject { ["id"] = tie, ["homeCityId"] = "CNTAO", ["homeEntityLevel"] = "city", ["cityId"] = city, ["stages"] = stages });
        var row = (await _app.FeedAsync($"/odata/CitiesWithTie('{city}')")).Is(200).Json;
        Assert.Equal((tie, "INTENTION", "2020-01-02", false, true),
            ((string?)row["RelationshipId"], (string?)row["Stage"], (string?)row["StageSince"], (bool?)row["IsFormal"], (bool?)row["InScope"]));
        stages.Add(new JObject { ["stage"] = "ENDED", ["date"] = "2021-01-02", ["reason"] = "over" });
        (await _app.CallAsync("PATCH", path, new JObject { ["stages"] = stages }, "\"1\"", ApiClient.MergePatch)).Is(200);
        row = (await _app.FeedAsync($"/odata/CitiesWithTie('{city}')")).Is(200).Json;
        Assert.Equal((null, null, null), ((string?)row["RelationshipId"], (string?)row["Stage"], (bool?)row["IsFormal"]));
    }
}
