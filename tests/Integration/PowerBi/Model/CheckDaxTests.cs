using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FriendCity.Tests.Support;
using FriendCity.Tests.Unit.PowerBi.Model;

namespace FriendCity.Tests.Integration.PowerBi.Model;

/// <summary>
/// The query by which somebody with Power BI Desktop compares every measure with its twin. With FRIENDCITY_CHECK_DAX set to the address of a
/// service's snapshots, as http://localhost:7071/powerbi/data, and FRIENDCITY_KEY to a key that may read them, it is written for the current one to
/// .friendcity/check.dax.
/// </summary>
[Collection(typeof(PublishedStars))]
public sealed partial class CheckDaxTests(PublishedStar star)
{
    private static readonly ModelFiles Model = ModelFiles.Load();
    private static readonly IReadOnlyList<MeasureTwin> Twins = MeasureTwin.All();

    [Fact]
    [Trait("Set", "slow")]
    public async Task It_asks_for_every_measure_under_every_view_and_choice_and_expects_what_the_twins_tell()
    {
        var query = await WriteAsync(star.QueryAsync);
        Assert.Empty(DaxCheck.QueryFaults(Model, query, CheckDax.Columns));
        var asked = Row().Matches(query).Select(row => (View: row.Groups["view"].Value, Chosen: row.Groups["chosen"].Value,
            Measure: row.Groups["measure"].Value, Expected: row.Groups["expected"].Value)).ToList();
        var states = asked.Select(row => (row.View, row.Chosen)).Distinct().ToList();
        Assert.Equal(10, states.Count);
        Assert.All(states, state => Assert.Equal(
            Twins.Skip(1).Where(twin => state.Chosen.Length == 0 || twin.Answer != "text").Select(twin => twin.Measure).Order(StringComparer.Ordinal),
            asked.Where(row => (row.View, row.Chosen) == state).Select(row => row.Measure).Distinct().Order(StringComparer.Ordinal)));
        Assert.Equal("13", asked.Single(row => row is { View: "article", Chosen: "", Measure: "Circle Cities" }).Expected);
        // Of numbers, what nobody can tell under a choice is blank and has to be.
        var words = Model.Measures.Where(measure => measure["formatString"] == "@").Select(measure => measure.Name).ToHashSet();
        var numbers = asked.Where(row => !words.Contains(row.Measure)).ToList();
        Assert.InRange(numbers.Count(row => row.Expected != "BLANK ()"), numbers.Count / 3, numbers.Count);
    }

    [Theory]
    [InlineData("[Circle Cities]", "[Circle Towns]", "there is no measure [Circle Towns]")]
    [InlineData("'View'[View Id]", "'View'[View]]", "is no DAX")]
    [InlineData("ADDCOLUMNS (", "ADDCOLUMN (", "the function ADDCOLUMN is not one we know")]
    [InlineData("    )\n)", "    )\n", "'(' is not closed")]
    public void A_query_that_Desktop_would_refuse_is_noticed(string right, string wrong, string caught)
    {
        var one = Twins.Where(twin => twin.Measure is "" or "Circle Cities").ToList();
        var rows = new Dictionary<string, JsonElement> { ["Circle Cities"] = JsonSerializer.Deserialize<JsonElement>("[[13]]") };
        var query = new CheckDax(Model, one).Write("X", [(new TwinFilter("article"), rows)]);
        Assert.Empty(DaxCheck.QueryFaults(Model, query, CheckDax.Columns));
        Assert.Contains(right, query, StringComparison.Ordinal);
        Assert.Contains(DaxCheck.QueryFaults(Model, query.Replace(right, wrong, StringComparison.Ordinal), CheckDax.Columns),
            fault => fault.Contains(caught, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Set", "slow")]
    public async Task It_is_written_for_the_snapshot_of_a_service()
    {
        var address = Environment.GetEnvironmentVariable("FRIENDCITY_CHECK_DAX");
        Assert.SkipWhen(string.IsNullOrEmpty(address), "FRIENDCITY_CHECK_DAX names no service.");
        var folder = Scratch.Folder("check-dax");
        try
        {
            using var service = new HttpClient();
            service.DefaultRequestHeaders.Add("X-Api-Key", Environment.GetEnvironmentVariable("FRIENDCITY_KEY"));
            await PublishedStar.FetchAsync(folder, path => service.GetByteArrayAsync(
                new Uri($"{address!.TrimEnd('/')}/{path}"), TestContext.Current.CancellationToken));
            var file = Repository.At(".friendcity", "check.dax");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, await WriteAsync(statements => PublishedStar.QueryAsync(folder, statements)),
                TestContext.Current.CancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> WriteAsync(Func<IEnumerable<(string Name, string Sql)>, Task<IReadOnlyDictionary<string, JsonElement>>> query)
    {
        var check = new CheckDax(Model, Twins);
        var chosen = (await query([
            ("days", "SELECT DISTINCT snapshot_date::VARCHAR FROM read_parquet('kpi_daily.parquet') ORDER BY 1 DESC LIMIT 2"),
            ("id", "SELECT regexp_extract(content, '\"snapshotId\":\"([^\"]*)\"', 1) FROM read_text('current.json')"),
            ("city", "SELECT city_id, country_id FROM read_parquet('kpi_city_daily.parquet') WHERE \"view\" = 'now' AND stage IS NOT NULL "
                + "ORDER BY snapshot_date DESC, projects DESC, city_id LIMIT 1")]))
            .ToDictionary(each => each.Key, each => each.Value.EnumerateArray().SelectMany(row => row.EnumerateArray())
                .Select(cell => cell.GetString()!).ToList());
        var before = DateOnly.Parse(chosen["days"][^1], CultureInfo.InvariantCulture);
        var states = new List<(TwinFilter, IReadOnlyDictionary<string, JsonElement>)>();
        foreach (var state in new[] { "article", "now" }.SelectMany(view => CheckDax.States(view, before, chosen["city"][0], chosen["city"][1])))
            states.Add((state, await query(check.Statements(state))));
        return check.Write(chosen["id"][0], states);
    }

    [GeneratedRegex("""\( "(?<view>[a-z]+)", "(?<chosen>[^"]*)", "(?<measure>[^"]+)", "[^"]*", (?<expected>BLANK \(\)|[0-9.eE+-]+|DATEDIFF)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Row();
}
