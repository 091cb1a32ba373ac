using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.PowerBi.OData;

/// <summary>From a row to the records it refers to, and back, one step far.</summary>
public sealed class ExpandTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private readonly TestApp _app = drafts.App;

    [Theory]
    [InlineData("Projects", "City", "CityId", "Cities")]
    [InlineData("Projects", "Country", "CountryId", "Countries")]
    [InlineData("Cities", "Country", "CountryId", "Countries")]
    [InlineData("RelationshipStages", "Relationship", "RelationshipId", "Relationships")]
    [InlineData("NetworkNodes", "City", "CityId", "Cities")]
    public async Task What_a_row_refers_to_stands_in_it_whole(string set, string way, string reference, string target)
    {
        var records = (await _app.RowsAsync($"/odata/{target}")).ToDictionary(row => (string)row["Id"]!);
        var rows = await _app.RowsAsync($"/odata/{set}?$expand={way}");
        Assert.Equal(await _app.IdsAsync($"/odata/{set}"), rows.Select(row => (string)row["Id"]!));
        Assert.Contains(rows, row => row[way]!.Type == JTokenType.Object);
        Assert.All(rows, row => Assert.True(JToken.DeepEquals((string?)row[reference] is { } id ? records[id] : JValue.CreateNull(), row[way]),
            $"{row["Id"]}"));
    }

    [Theory]
    [InlineData("Cities", "Projects", "CityId")]
    [InlineData("Cities", "RelationshipsAsHomeCity", "HomeCityId")]
    [InlineData("Relationships", "RelationshipStages", "RelationshipId")]
    public async Task All_rows_that_refer_to_a_record_stand_in_it(string set, string way, string reference)
    {
        var referring = (await _app.RowsAsync($"/odata/{way.Split("As")[0]}")).ToLookup(row => (string?)row[reference]);
        var rows = await _app.RowsAsync($"/odata/{set}?$expand={way}");
        Assert.Contains(rows, row => row[way]!.Count() > 1);
        Assert.All(rows, row => Assert.True(JToken.DeepEquals(new JArray(referring[(string?)row["Id"]]), row[way]), $"{row["Id"]}"));
        var first = rows.First(row => row[way]!.Count() > 1);
        var path = $"/odata/{set}('{first["Id"]}')/{way}";
        Assert.True(JToken.DeepEquals(first[way], await _app.RowsAsync(path)));
        Assert.Equal($"{first[way]!.Count()}", (await _app.FeedAsync($"{path}/$count")).Is(200).Text);
        Assert.Equal(first[way]!.Select(row => (string)row["Id"]!), (await _app.CrawlAsync(path, 1)).Select(row => (string)row["Id"]!));
        Assert.Equal([(string)first[way]![1]!["Id"]!], await _app.IdsAsync($"{path}?$filter=Id ne '{first[way]![0]!["Id"]}'&$top=1"));
    }

    [Theory]
    [InlineData("?$select=Id%2CNameEn%2CCity&$expand=City%28%24select%3DId%2CNameZh%29", "(Id,NameEn,City(Id,NameZh))")]
    [InlineData("?$select=Id,NameEn&$expand=City($select=Id,NameZh)", "(Id,NameEn,City(Id,NameZh))")]
    public async Task The_way_that_Power_Query_expands_is_understood(string query, string context)
    {
        var reply = (await _app.FeedAsync($"/odata/Projects{query}")).Is(200);
        Assert.EndsWith($"#Projects{context}", (string)reply.Json["@odata.context"]!, StringComparison.Ordinal);
        var row = (JObject)reply.Json["value"]!.First(row => row["City"]!.Type == JTokenType.Object);
        Assert.Equal(["Id", "NameEn", "City"], row.Properties().Select(property => property.Name));
        Assert.Equal(["Id", "NameZh"], ((JObject)row["City"]!).Properties().Select(property => property.Name));
    }

    [Fact]
    public async Task A_way_that_is_selected_and_not_expanded_adds_nothing()
    {
        var row = (JObject)(await _app.RowsAsync("/odata/Projects?$select=Id,City&$top=1"))[0];
        Assert.Equal(["Id"], row.Properties().Select(property => property.Name));
    }

    [Fact]
    public async Task Several_ways_are_expanded_at_once_page_by_page()
    {
        const string Query = "/odata/Projects?$expand=City,Sector($select=NameEn)&$orderby=NameEn";
        var whole = await _app.CrawlAsync(Query, 5000);
        Assert.True(JToken.DeepEquals(new JArray(whole), new JArray(await _app.CrawlAsync(Query, 8))));
        Assert.All(whole, row => Assert.Equal(["NameEn"], ((JObject)row["Sector"]!).Properties().Select(property => property.Name)));
    }

    [Fact]
    public async Task One_row_is_expanded_too_and_its_referent_has_an_address()
    {
        var project = (await _app.RowsAsync("/odata/Projects?$filter=CityId ne null&$top=1"))[0];
        var expanded = (await _app.FeedAsync($"/odata/Projects('{project["Id"]}')?$expand=City&$select=Id")).Is(200).Json;
        var city = (await _app.FeedAsync($"/odata/Projects('{project["Id"]}')/City")).Is(200).Json;
        Assert.EndsWith("#Cities/$entity", (string)city["@odata.context"]!, StringComparison.Ordinal);
        city.Remove("@odata.context");
        Assert.True(JToken.DeepEquals(city, expanded["City"]));
        Assert.Equal(project["CityId"], city["Id"]);
        Assert.Equal(["@odata.context", "NameEn"], (await _app.FeedAsync($"/odata/Projects('{project["Id"]}')/City?$select=NameEn"))
            .Is(200).Json.Properties().Select(property => property.Name));
    }

    [Fact]
    public async Task A_missing_referent_is_null_and_its_address_has_no_content()
    {
        var none = (await _app.RowsAsync("/odata/Projects?$filter=CityId eq null&$top=1&$expand=City"))[0];
        Assert.Equal(JTokenType.Null, none["City"]!.Type);
        Assert.Equal("", (await _app.FeedAsync($"/odata/Projects('{none["Id"]}')/City")).Is(204).Text);
    }

    [Fact]
    public async Task A_page_with_what_it_refers_to_is_known_until_either_changes()
    {
        var id = DraftTestApp.NewId();
        var path = await _app.CreateAsync("cities", DraftTestApp.City(id));
        var etag = (await _app.FeedAsync("/odata/Sectors?$expand=Projects")).ETag!;
        var cities = (await _app.FeedAsync("/odata/Cities?$expand=Country")).ETag!;
        (await _app.FeedAsync("/odata/Sectors?$expand=Projects", ("If-None-Match", etag))).Is(304);
        (await _app.CallAsync("PATCH", path, new JObject { ["nameEn"] = "Renamed" }, "\"1\"", ApiClient.MergePatch)).Is(200);
        (await _app.FeedAsync("/odata/Sectors?$expand=Projects", ("If-None-Match", etag))).Is(304);
        (await _app.FeedAsync("/odata/Cities?$expand=Country", ("If-None-Match", cities))).Is(200);
        await _app.CreateAsync("projects", new JObject
        {
            ["id"] = DraftTestApp.NewId(),
            ["nameEn"] = "x",
            ["nameZh"] = "x",
            ["cityId"] = id,
            ["countryId"] = "KZ",
            ["sectorId"] = "TRADE",
            ["status"] = "INTENTION"
        });
        (await _app.FeedAsync("/odata/Sectors?$expand=Projects", ("If-None-Match", etag))).Is(200);
    }

    [Theory]
    [InlineData("Projects?$expand=City($expand=Country)", 501, "not_implemented", "$expand")]
    [InlineData("Projects?$expand=City($filter=Id eq 'x')", 501, "not_implemented", "$expand")]
    [InlineData("Cities?$expand=Projects($top=1)", 501, "not_implemented", "$expand")]
    [InlineData("Cities?$expand=Projects($orderby=NameEn)", 501, "not_implemented", "$expand")]
    [InlineData("Cities?$expand=Projects/$count", 501, "not_implemented", "$expand")]
    [InlineData("Cities?$expand=Projects/$ref", 501, "not_implemented", "$expand")]
    [InlineData("Cities?$expand=Nothing", 400, "bad_parameter", "$expand")]
    [InlineData("Cities?$expand=NameEn", 400, "bad_parameter", "$expand")]
    [InlineData("Projects('x')/City/Country", 501, "not_implemented", null)]
    [InlineData("Projects('x')/City/$ref", 501, "not_implemented", null)]
    [InlineData("Projects('x')/City", 404, "not_found", null)]
    [InlineData("Cities('x')/Projects", 404, "not_found", null)]
    [InlineData("Projects?$filter=City/NameEn eq 'Qingdao'", 501, "not_implemented", "$filter")]
    [InlineData("Projects?$orderby=City/NameEn", 501, "not_implemented", "$orderby")]
    [InlineData("Cities?$filter=Projects/any()", 501, "not_implemented", "$filter")]
    [InlineData("Cities/$count?$expand=Projects", 400, "bad_parameter", null)]
    [InlineData("DimCity?$expand=Country", 400, "bad_parameter", "$expand")]
    public async Task Further_steps_are_refused(string path, int status, string code, string? target) =>
        Assert.Equal(target, (string?)(await _app.FeedAsync($"/odata/{path}")).IsError(status, code).Json["error"]!["target"]);
}
