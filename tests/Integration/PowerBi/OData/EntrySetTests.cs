using FriendCity.Registry;
using FriendCity.Snapshots.Contracts;
using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.PowerBi.OData;

/// <summary>Every list of entries is a set of its own, with a row an entry and the record's id in each.</summary>
public sealed class EntrySetTests(DraftTestApp drafts) : IClassFixture<DraftTestApp>
{
    private readonly TestApp _app = drafts.App;

    [Theory]
    [InlineData("RelationshipStages", "relationships", "stages", "RelationshipId")]
    [InlineData("ScoStatus", "countries", "scoStatus", "CountryId")]
    [InlineData("NetworkNodes", "networks", "nodes", "NetworkId")]
    [InlineData("PlatformEmbeddings", "platforms", "embeddings", "PlatformId")]
    [InlineData("PlatformMembers", "platforms", "members", "PlatformId")]
    [InlineData("PlatformEditions", "platforms", "editions", "PlatformId")]
    [InlineData("ProjectStatusEvents", "projects", "statusEvents", "ProjectId")]
    [InlineData("ProjectOutcomes", "projects", "outcomes", "ProjectId")]
    [InlineData("CityOtherChineseTies", "cities", "otherChineseTies", "CityId")]
    [InlineData("SourceConflictVersions", "source-conflicts", "versions", "SourceConflictId")]
    [InlineData("PolicyProfileSectorStrengths", "policy-profiles", "sectorStrengths", "PolicyProfileId")]
    [InlineData("StrategyInstruments", "strategies", "instruments", "StrategyId")]
    public async Task A_row_is_an_entry_of_its_record(string set, string type, string list, string reference)
    {
        var expected = (await _app.GetAsync($"/api/v1/{type}?$top=1000"))["value"]!.SelectMany(
            record => record[list]!.Select((entry, i) => (Record: record, Entry: (JObject)entry, At: i + 1))).ToList();
        var rows = (await _app.RowsAsync($"/odata/{set}")).ToDictionary(row => ((string)row[reference]!, (int)row["Position"]!));
        Assert.Equal(expected.Count, rows.Count);
        foreach (var (record, entry, at) in expected)
        {
            var row = rows[((string)record["id"]!, at)];
            Assert.Equal($"{record["id"]}:{at:0000}", (string?)row["Id"]);
            Assert.True(JToken.DeepEquals(record["version"], row["Version"]));
            foreach (var property in entry.Properties())
                Assert.True(JToken.DeepEquals(property.Value, row[Name(row, property.Name)]),
                    $"{set} {row["Id"]} {property.Name}: {property.Value} is not {row[Name(row, property.Name)]}");
        }
    }

    private static string Name(JToken row, string entry)
    {
        var column = char.ToUpperInvariant(entry[0]) + entry[1..];
        return row[$"Entry{column}"] is null ? column : $"Entry{column}";
    }

    [Fact]
    public async Task No_list_of_entries_stands_in_a_row_and_none_is_without_a_set()
    {
        var sets = (await _app.GetAsync("/odata"))["value"]!.Select(set => (string)set["name"]!).ToList();
        var lists = RegistryTypes.All.All.SelectMany(type => type.Members).Where(field => field.KindName == "list of entry").ToList();
        Assert.All(lists, list => Assert.Contains(sets, set => set.EndsWith(list.Column, StringComparison.Ordinal)));
        string[] wide = ["ProjectsWithCity", "CitiesWithTie", "KpiLatest"];
        Assert.Equal(RegistryTypes.All.All.Count + lists.Count + wide.Length + SnapshotTables.All.Count, sets.Count);
        Assert.Null((await _app.RowsAsync("/odata/Relationships?$top=1"))[0]["Stages"]);
    }

    [Fact]
    public async Task Entries_are_filtered_ordered_and_paged_like_records()
    {
        var rows = (await _app.RowsAsync("/odata/RelationshipStages")).Where(row => (string?)row["Stage"] == "FRIEND_CITY").ToList();
        var expected = rows.OrderByDescending(row => (string?)row["Date"], StringComparer.Ordinal)
            .ThenBy(row => (string?)row["Id"], StringComparer.Ordinal).Select(row => (string)row["Id"]!).ToList();
        Assert.True(expected.Count > 3);
        const string Query = "$filter=Stage eq 'FRIEND_CITY'&$orderby=Date desc";
        Assert.Equal(expected, await _app.IdsAsync($"/odata/RelationshipStages?{Query}"));
        Assert.Equal(expected[2..4], await _app.IdsAsync($"/odata/RelationshipStages?{Query}&$skip=2&$top=2"));
        Assert.Equal($"{expected.Count}", (await _app.FeedAsync("/odata/RelationshipStages/$count?$filter=Stage eq 'FRIEND_CITY'")).Text);
        var first = (await _app.FeedAsync($"/odata/RelationshipStages?{Query}", ("Prefer", "maxpagesize=2"))).Json;
        Assert.Equal(expected[2..4], await _app.IdsAsync(new Uri((string)first["@odata.nextLink"]!).PathAndQuery, ("Prefer", "maxpagesize=2")));
        Assert.Equal(expected[0], (string?)(await _app.FeedAsync($"/odata/RelationshipStages('{expected[0]}')")).Is(200).Json["Id"]);
        var year = ((string)rows[0]["Date"]!)[..4];
        Assert.Equal(rows.Where(row => ((string)row["Date"]!).StartsWith(year, StringComparison.Ordinal)).Select(row => (string)row["Id"]!),
            await _app.IdsAsync($"/odata/RelationshipStages?$filter=year(Date) eq {year} and startswith(tolower(Stage),'friend_city')"));
    }

    [Fact]
    public async Task Entries_come_and_go_with_their_record()
    {
        var id = DraftTestApp.NewId();
        var path = await _app.CreateAsync("relationships", new JObject
        {
            ["id"] = id,
            ["homeCityId"] = "CNTAO",
            ["homeEntityLevel"] = "city",
            ["cityId"] = await NewCityAsync(),
            ["stages"] = new JArray(new JObject { ["stage"] = "CONTACT", ["date"] = "2020-01-02" }),
        });
        Assert.Equal([$"{id}:0001"], await _app.IdsAsync($"/odata/RelationshipStages?$filter=RelationshipId eq '{id}'"));
        (await _app.CallAsync("DELETE", path, etag: "\"1\"")).Is(204);
        Assert.Empty(await _app.IdsAsync($"/odata/RelationshipStages?$filter=RelationshipId eq '{id}'"));
    }

    private async Task<string> NewCityAsync() => (await drafts.NewCityAsync()).Split('/')[^1];
}
