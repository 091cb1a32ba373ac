using FriendCity.Records.Import;
using FriendCity.Registry;
using FriendCity.Serialization;
using FriendCity.Tests.Support;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.Registry;

/// <summary>The sample holds every row of its source tables, each with its evidence, and loads as a whole or not at all.</summary>
public sealed class SampleTests(Azurite azurite)
{
    /// <summary>Nobody published what would stand here; see docs/article.md.</summary>
    private static readonly string[] WithoutRows = ["country-risks"];

    private static readonly IReadOnlyDictionary<string, JArray> Files = Directory.EnumerateFiles(Sample.Folder, "*.json")
        .ToDictionary(path => Path.GetFileNameWithoutExtension(path), path => (JArray)Json.Parse(File.ReadAllText(path)));

    [Fact]
    public async Task The_sample_loads_whole_into_an_empty_office_and_a_second_time_writes_nothing()
    {
        await using var app = await azurite.OfficeAsync();
        var importer = app.Services.GetRequiredService<Importer>();
        var rows = Files.Sum(file => file.Value.Count);

        var first = await importer.RunAsync(Sample.Folder, "import", TestContext.Current.CancellationToken);
        var second = await importer.RunAsync(Sample.Folder, "import", TestContext.Current.CancellationToken);

        Assert.Empty(first.Faults);
        Assert.Equal((rows, 0), (first.Written, first.Unchanged));
        Assert.Equal((0, rows), (second.Written, second.Unchanged));
        Assert.Equal(12, (await app.GetAsync("/api/v1/networks"))["value"]!.Sum(network => network["nodes"]!.Count()));
    }

    [Fact]
    public async Task One_broken_row_is_refused_by_record_field_and_rule_and_nothing_is_written()
    {
        var folder = Directory.CreateTempSubdirectory("friendcity-sample-");
        try
        {
            foreach (var (name, rows) in Files)
            {
                var copy = (JArray)rows.DeepClone();
                if (name == "activities")
                    copy.Single(row => (string?)row["id"] == "A011")["cityIds"] = new JArray();
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, name + ".json"), copy.ToString(), TestContext.Current.CancellationToken);
            }

            await using var app = await azurite.OfficeAsync();
            var result = await app.Services.GetRequiredService<Importer>()
                .RunAsync(folder.FullName, "import", TestContext.Current.CancellationToken);

            var fault = Assert.Single(result.Faults);
            Assert.Matches(@"^activities\.json:\d+ \(activities/A011\)$", fault.Place);
            Assert.Equal(("/cityIds", "cities_required"), (fault.Violation.Pointer, fault.Violation.Rule));
            Assert.Empty((await app.GetAsync("/api/v1/countries"))["value"]!);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_record_type_has_rows_except_those_of_which_nothing_is_known() =>
        Assert.Equal(WithoutRows, RegistryTypes.All.All.Select(type => type.Name)
            .Where(name => !Files.TryGetValue(name, out var rows) || rows.Count == 0));

    [Theory]
    [InlineData("countries", 28)]
    [InlineData("countries.scoStatus", 48)]
    [InlineData("scopes", 2)]
    [InlineData("scopes.countryIds", 17)]
    [InlineData("cities", 23)]
    [InlineData("cities.otherChineseTies", 5)]
    [InlineData("centres", 5)]
    [InlineData("sectors", 17)]
    [InlineData("mechanisms", 7)]
    [InlineData("platforms", 9)]
    [InlineData("platforms.embeddings", 11)]
    [InlineData("platforms.members", 2)]
    [InlineData("platforms.editions", 4)]
    [InlineData("networks", 2)]
    [InlineData("networks.nodes", 12)]
    [InlineData("corridors", 7)]
    [InlineData("strategies", 3)]
    [InlineData("home-demands", 15)]
    [InlineData("policy-profiles", 16)]
    [InlineData("policy-profiles.sectorStrengths", 60)]
    [InlineData("exchange-rates", 4)]
    [InlineData("targets", 5)]
    [InlineData("reported-figures", 54)]
    [InlineData("relationships", 18)]
    [InlineData("relationships.stages", 24)]
    [InlineData("projects", 67)]
    [InlineData("activities", 58)]
    [InlineData("agreements", 21)]
    [InlineData("directives", 5)]
    [InlineData("transport-links", 9)]
    [InlineData("match-weights", 1)]
    [InlineData("sources", 21)]
    [InlineData("source-conflicts", 7)]
    [InlineData("tags", 21)]
    [InlineData("milestones", 13)]
    [InlineData("organisations", 6)]
    [InlineData("official-roles", 1)]
    public void No_row_of_a_source_table_is_lost(string place, int expected)
    {
        var parts = place.Split('.');
        Assert.Equal(expected, parts is [_, var list] ? Files[parts[0]].Sum(row => row[list]?.Count() ?? 0) : Files[parts[0]].Count);
    }

    [Fact]
    public void The_published_series_keeps_its_eleven_dates() =>
        Assert.Equal(11, Files["reported-figures"].Where(row => PublishedSeries.Find((string)row["indicator"]!) is null)
            .Select(row => (string?)row["date"]).Distinct().Count());

    [Fact]
    public void Every_row_and_nested_entry_says_which_evidence_it_is()
    {
        var all = Files.Values.SelectMany(rows => rows.SelectMany(
            row => new[] { row }.Concat(row.Children<JProperty>().SelectMany(field => field.Value is JArray list ? list.OfType<JObject>() : []))));
        Assert.All(all, row => Assert.True((string?)row["scenario"] is "ARTICLE" or "PUBLIC_UPDATE"
            && (string?)row["source"] is "article" or "public" or "illustrative", row.Path));
    }

    [Fact]
    public void No_named_person_is_joined_to_an_illustrative_row()
    {
        Assert.All(Files["official-roles"], role => Assert.True(role["since"] is null && role["until"] is null
            && (string?)role["source"] == "article", role.Path));
        Assert.All(Files["activities"].Where(activity => activity["headOfDelegationId"] is not null),
            activity => Assert.Equal("public", (string?)activity["dateSource"]));
        Assert.All(Files["directives"], directive => Assert.Null(directive["issuedById"]));
    }

    [Fact]
    public void The_networks_reach_for_the_east_and_have_no_node_there() => Assert.All(Files["networks"], network =>
    {
        Assert.Contains("E", network["directions"]!.Select(direction => (string?)direction));
        Assert.DoesNotContain("E", network["nodes"]!.Select(node => (string?)node["direction"]));
    });

    [Fact]
    public void Unknown_terms_and_dates_of_real_agreements_stay_empty() =>
        Assert.All(Files["agreements"].Where(agreement => (string?)agreement["source"] != "illustrative"), agreement =>
        Assert.True(agreement["endsOn"] is null && agreement["reviewOn"] is null && agreement["approvedOn"] is null, agreement.Path));
}
