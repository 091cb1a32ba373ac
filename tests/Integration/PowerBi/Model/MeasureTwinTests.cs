using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FriendCity.Kpis.Definitions;
using FriendCity.Serialization;
using FriendCity.Tests.Unit.PowerBi.Model;
using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Integration.PowerBi.Model;

/// <summary>
/// Power BI cannot run here, so each measure is told a second time in SQL and that number compared with the API's: the files, the model's
/// way through them and the service's own figures agree.
/// </summary>
[Collection(typeof(PublishedStars))]
public sealed partial class MeasureTwinTests(PublishedStar star)
{
    private const double Tolerance = 0.005;

    private static readonly IReadOnlyList<MeasureTwin> Twins = MeasureTwin.All();
    private static readonly ModelFiles Model = ModelFiles.Load();

    [Fact]
    public void Every_measure_has_a_twin_and_no_twin_is_left_over() =>
        Assert.Equal(Model.Measures.Select(measure => measure.Name).Order(StringComparer.Ordinal), Twins.Skip(1).Select(twin => twin.Measure)
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Every_KPI_of_the_catalogue_is_told_by_a_measure() =>
        Assert.Empty(KpiCatalogue.All.Select(kpi => kpi.Id).Except(Model.Measures.SelectMany(measure => DaxCheck.Literals(measure.Value!))));

    [Fact]
    public void A_measure_and_its_twin_name_the_same_codes_columns_and_ways_of_counting()
    {
        var (twins, likeness) = (Twins.ToDictionary(twin => twin.Measure), new TwinLikeness(Model, Twins[0].Sql));
        Assert.All(Model.Measures, measure => Assert.Empty(likeness.Missing(measure.Value!, twins[measure.Name].Sql)));
    }

    [Theory]
    [InlineData("Coverage (Broad)", "Coverage (Formal)", "broad")]
    [InlineData("Coverage (Broad)", "Growth (Broad)", "K05")]
    [InlineData("KPI Numerator", "KPI Denominator", "numerator")]
    [InlineData("Formal Ties", "Standing Ties", "is_formal")]
    [InlineData("Standing Tie Countries", "Standing Ties", "country_id")]
    [InlineData("Standing Ties", "Stage Events", "DISTINCTCOUNTNOBLANK")]
    [InlineData("City Projects", "Tied Cities", "projects")]
    [InlineData("Stage Events", "Relationships", "USERELATIONSHIP")]
    [InlineData("Activities (12 Months)", "Activities", "REMOVEFILTERS ( 'Date'")]
    public void A_twin_of_another_measure_is_caught(string measure, string other, string missing) => Assert.Contains(
        missing, new TwinLikeness(Model, Twins[0].Sql)
            .Missing(Model.Measures.Single(each => each.Name == measure).Value!, Twins.Single(twin => twin.Measure == other).Sql));

    /// <param name="compared">How many measures at least the API can be asked about.</param>
    [Theory]
    [Trait("Set", "slow")]
    [InlineData("article", 80)]
    [InlineData("now", 125)]
    [InlineData("article until", 80)]
    [InlineData("now until", 125)]
    [InlineData("now since 2024-01-01", 120)]
    [InlineData("now in KZ", 120)]
    [InlineData("now at KZALA", 105)]
    [InlineData("now of South_Asia", 105)]
    [InlineData("article of Central_Asia", 60)]
    public async Task A_measure_tells_what_the_API_answers(string asked, int compared)
    {
        var words = asked.Split(' ');
        var filter = new TwinFilter(
            words[0], words.Contains("until") ? await star.FirstDayAsync() : null,
            words.Contains("since") ? DateOnly.Parse(words[^1], CultureInfo.InvariantCulture) : null,
            words.Contains("at") ? words[^1] : null, words.Contains("in") ? words[^1] : null,
            words.Contains("of") ? words[^1].Replace('_', ' ') : null);
        var answers = new TwinAnswers(await star.OfficeAsync(), Model, filter);
        await answers.OpenAsync();
        var twins = Twins.Where(twin => filter.View == "now"
            || (!twin.Answer.Contains("view=now", StringComparison.Ordinal) && !twin.Answer.StartsWith("list ", StringComparison.Ordinal))).ToList();
        var rows = await star.QueryAsync([.. filter.Views(Model), ("view", $"SET VARIABLE view = '{filter.View}'"),
            ("today", $"SET VARIABLE today = '{answers.Today:yyyy-MM-dd}'"), .. twins.Select(twin => (twin.Measure, twin.Sql))]);
        var (differences, told) = (new List<string>(), 0);
        foreach (var twin in twins.Where(twin => twin.Measure != MeasureTwin.Prelude))
            if (await answers.AskAsync(twin) is { } answered)
            {
                differences.AddRange(Differences(twin, Told(rows[twin.Measure]), answered));
                told++;
            }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.True(told >= compared, $"Only {told} of {twins.Count} measures are compared.");
    }

    /// <summary>A ratio is told in per cent, money in 亿元, 万元 and millions; the files say what a figure is.</summary>
    [Fact]
    [Trait("Set", "slow")]
    public async Task A_measure_is_formatted_as_its_unit()
    {
        // What is told in words has its unit among them.
        var told = Model.Measures.Where(measure => measure["formatString"] != "@")
            .Select(measure => (measure, Figure: Figure().Match(measure.Value!))).Where(each => each.Figure.Success).ToList();
        Assert.InRange(told.Count, 70, 100);
        var units = await star.QueryAsync([.. new TwinFilter("now").Views(Model), .. told.Select(each => (each.measure.Name,
            $"SELECT DISTINCT unit FROM kpi_daily WHERE kpi_id = '{each.Figure.Groups["kpi"].Value}' AND measure IS NOT DISTINCT FROM "
                + (each.Figure.Groups["measure"] is { Success: true, Value: var part } ? $"'{part}'" : "NULL")
                + (each.Figure.Groups["value"] is { Success: true, Value: var value } ? $" AND dimension_value = '{value}'" : "")))]);
        Assert.All(told, each =>
        {
            var (unit, format) = (Assert.Single(units[each.measure.Name].EnumerateArray())[0].GetString(),
                each.measure["formatString"] ?? each.measure.Of("formatStringDefinition").Single().Value!);
            Assert.Equal((unit == "ratio", unit == "CNY"),
                (format.Contains('%', StringComparison.Ordinal), format.Contains("亿元", StringComparison.Ordinal)));
        });
        var any = Model.Measures.Single(measure => measure.Name == "KPI Value").Of("formatStringDefinition").Single().Value!;
        Assert.All((string[])["VAR Unit = [KPI Unit]", "Unit = \"ratio\", \"0.0%\"", "亿元", "万元"],
            part => Assert.Contains(part, any, StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Set", "slow")]
    [InlineData("dim_date")]
    [InlineData("kpi_daily")]
    [InlineData("alerts")]
    public async Task A_table_of_another_snapshot_is_told(string late)
    {
        var twin = Twins.Single(each => each.Measure == "Snapshot Check");
        var filter = new TwinFilter("now") { Late = late };
        var rows = await star.QueryAsync([.. filter.Views(Model), (MeasureTwin.Prelude, Twins[0].Sql), ("twin", twin.Sql)]);
        Assert.Equal("⚠ 2 snapshots mixed: refresh again", (string?)Told(rows["twin"])[""]);
    }

    [Fact]
    [Trait("Set", "slow")]
    public async Task A_twin_that_tells_another_number_is_caught()
    {
        MeasureTwin[] mistaken =
        [
            new("Circle Cities", "kpi K03", "SELECT value FROM kpi() WHERE kpi_id = 'K04'"),
            new("Coverage (Broad)", "kpi K05 tie=broad", "SELECT value FROM kpi() WHERE kpi_id = 'K05' AND dimension_value = 'formal'"),
            new("Cities by Stage", "kpi K07 stage=*",
                "SELECT dimension_value, value FROM kpi() WHERE kpi_id = 'K07' AND dimension_value <> 'FRIEND_CITY'"),
            new("Standing Ties", "kpi K03 scope=world view=now", "SELECT count(DISTINCT city_id) + 1 FROM standing()"),
            new("Planned Value", "list projects sum plannedValue by currency",
                "SELECT currency, sum(planned_value)::DOUBLE + 0.006 FROM fact_project WHERE currency IS NOT NULL GROUP BY "
                    + "currency"),
            new("KPI Numerator", "headline numerator", "SELECT kpi_id, coalesce(numerator, 0) FROM headline()"),
        ];
        var (filter, answers) = (new TwinFilter("now"), new TwinAnswers(await star.OfficeAsync(), Model, new TwinFilter("now")));
        await answers.OpenAsync();
        var rows = await star.QueryAsync([.. filter.Views(Model), ("view", "SET VARIABLE view = 'now'"), (MeasureTwin.Prelude, Twins[0].Sql),
            .. mistaken.Select(twin => (twin.Sql, twin.Sql))]);
        foreach (var twin in mistaken)
            Assert.NotEmpty(Differences(twin, Told(rows[twin.Sql]), (await answers.AskAsync(twin))!));
    }

    [GeneratedRegex("""'KPI Daily'\[KPI Id\] = "(?<kpi>K[0-9]{2})"(.*'KPI Daily'\[Dimension Value\] = "(?<value>[A-Za-z]+)")?.*(ISBLANK \( 'KPI Daily'\[Measure\] \)|'KPI Daily'\[Measure\] = "(?<measure>[A-Za-z0-9]+)")""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Figure();

    /// <summary>By part, "" for the total or for a measure that has no parts.</summary>
    private static Dictionary<string, JToken?> Told(JsonElement rows) => rows.GetArrayLength() == 0 ? new() { [""] = null }
        : rows.EnumerateArray().Select(row => (JArray)Json.Parse(row.GetRawText()))
        .ToDictionary(row => row.Count == 1 || row[0].Type == JTokenType.Null ? "" : (string)row[0]!, row => row[^1]);

    private static IEnumerable<string> Differences(MeasureTwin twin, Dictionary<string, JToken?> told, Dictionary<string, JToken?> answered)
    {
        // A total alone may be told of what has parts, and parts without the total, where they do not add up.
        var parts = told.Count == 1 && told.ContainsKey("") ? [""] : answered.Keys.Where(part => part.Length > 0 || told.ContainsKey(""))
            .Union(told.Keys);
        return parts
            .Where(part => !told.ContainsKey(part) || !answered.ContainsKey(part) || !Same(told[part], answered[part]))
            .Select(part => $"{twin.Measure} {part}: SQL tells {told.GetValueOrDefault(part, "nothing")}, the API "
                + $"{answered.GetValueOrDefault(part, "nothing")} ({twin.Answer}).");
    }

    private static bool Same(JToken? told, JToken? answered) => (told?.Type ?? JTokenType.Null, answered?.Type ?? JTokenType.Null) switch
    {
        (JTokenType.Null, JTokenType.Null) => true,
        (JTokenType.Integer or JTokenType.Float or JTokenType.Raw, JTokenType.Integer or JTokenType.Float or JTokenType.Raw) =>
            Math.Abs((double)told! - (double)answered!) <= Tolerance,
        (JTokenType.String, JTokenType.String) => (string)told! == (string)answered!,
        _ => false,
    };
}
