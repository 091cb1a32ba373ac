using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FriendCity.Tests.Unit.PowerBi.Model;

namespace FriendCity.Tests.Integration.PowerBi.Model;

/// <summary>
/// A query for the DAX query view of Power BI Desktop: each measure under each view and choice of a slicer beside the number that its twin tells
/// of the same snapshot, and a column that says whether they are the same. What is told by parts is compared part by part where nothing else is
/// chosen, and elsewhere by its first part.
/// </summary>
internal sealed partial class CheckDax(ModelFiles model, IReadOnlyList<MeasureTwin> twins)
{
    /// <summary>A union takes tables, and the fewer rows each has the sooner Desktop shows where a query is wrong.</summary>
    private const int RowsOfTable = 100;

    private const string Head = """
        // Each measure under each view and choice of a slicer, beside what SQL tells of the files of snapshot SNAPSHOT.
        // In Power BI Desktop, with the model loaded from that snapshot and the parameter Language at en: DAX query view, paste all, Run.
        // The rows in which ok is FALSE come first; when the first row says TRUE, every measure tells what it should.
        EVALUATE
        VAR Told = UNION (
        """;

    private const string Tail = """
        )
        VAR Named =
            SELECTCOLUMNS (
                Told,
                "View", [Value1], "Chosen", [Value2], "Measure", [Value3], "Part", [Value4],
                "Expected", [Value5], "Found", [Value6], "ExpectedText", [Value7], "FoundText", [Value8]
            )
        RETURN
            ADDCOLUMNS (
                Named,
                "ok",
                    [ExpectedText] = [FoundText]
                        && IF (
                            ISBLANK ( [Expected] ),
                            ISBLANK ( [Found] ),
                            ABS ( [Expected] - [Found] ) <= 0.005 + ABS ( [Expected] ) * 0.000000001
                        )
            )
        ORDER BY [ok], [View], [Chosen], [Measure], [Part]
        """;

    /// <summary>The columns of the last table, which the query may name without a table before them.</summary>
    public static readonly string[] Columns =
        ["View", "Chosen", "Measure", "Part", "Expected", "Found", "ExpectedText", "FoundText", "ok",
            .. Enumerable.Range(1, 8).Select(at => $"Value{at}")];

    /// <param name="city">Of a snapshot that has more days than one: a city with a tie, and its country.</param>
    public static IReadOnlyList<TwinFilter> States(string view, DateOnly dayBefore, string city, string country) =>
    [
        new(view), new(view, Until: dayBefore), new(view, Since: new DateOnly(2024, 1, 1)), new(view, City: city), new(view, Country: country),
    ];

    /// <summary>The statements that tell what is expected under one choice, by the measures' names.</summary>
    public IEnumerable<(string Name, string Sql)> Statements(TwinFilter state) =>
        [.. state.Views(model), ("view", $"SET VARIABLE view = '{state.View}'"),
            .. twins.Select(twin => (twin.Measure, Today(twin) ? "SELECT NULL" : twin.Sql))];

    public string Write(string snapshot, IEnumerable<(TwinFilter State, IReadOnlyDictionary<string, JsonElement> Told)> states) =>
        $"{Head.Replace("SNAPSHOT", snapshot, StringComparison.Ordinal)}\n"
            + $"{string.Join(",\n", states.SelectMany(each => Tables(each.State, each.Told)))}\n{Tail}\n";

    /// <summary>Whether a measure is asked for under a choice: texts follow none of them, so they are asked for once in each view.</summary>
    public static bool Asks(TwinFilter state, MeasureTwin twin) => twin.Answer != "text" || state == new TwinFilter(state.View);

    private IEnumerable<string> Tables(TwinFilter state, IReadOnlyDictionary<string, JsonElement> told) =>
        twins.Where(twin => twin.Measure != MeasureTwin.Prelude && Asks(state, twin))
            .SelectMany(twin => Rows(state, twin, told[twin.Measure])).Chunk(RowsOfTable)
            .Select(rows => $"    CALCULATETABLE (\n        {{\n{string.Join(",\n", rows)}\n        }},\n"
                + $"        {string.Join(", ", Filters(state))}\n    )");

    private static IEnumerable<string> Filters(TwinFilter state) =>
    [
        $"TREATAS ( {{ \"{state.View}\" }}, 'View'[View Id] )", "TREATAS ( { \"en\" }, 'Display Language'[Language Code] )",
        .. state.Until is { } last ? [$"'Snapshot Date'[Snapshot Date] <= {Day(last)}"] : (string[])[],
        .. state.Since is { } first ? [$"'Date'[Date] >= {Day(first)}"] : (string[])[],
        .. state.City is { } city ? [$"'City'[City Id] = \"{city}\""] : (string[])[],
        .. state.Country is { } country ? [$"'Country'[Country Id] = \"{country}\""] : (string[])[],
    ];

    private IEnumerable<string> Rows(TwinFilter state, MeasureTwin twin, JsonElement told)
    {
        var measure = model.Measures.Single(each => each.Name == twin.Measure);
        var rows = told.EnumerateArray()
            .Select(row => (Part: row.GetArrayLength() == 1 ? null : row[0].GetString(), Value: row[row.GetArrayLength() - 1]))
            .OrderBy(row => row.Part, StringComparer.Ordinal).DefaultIfEmpty((null, JsonSerializer.SerializeToElement<object?>(null))).ToList();
        return (state == new TwinFilter(state.View) ? rows : rows.Take(1)).Select(row =>
            Row(state, measure, row.Part, Today(twin) ? "DATEDIFF ( MAX ( 'Snapshot'[Snapshot Date] ), TODAY (), DAY )" : null, row.Value,
                [.. Own(twin), .. row.Part is null ? [] : (string[])[$"{Axis(twin)} = {Quoted(row.Part)}"]]));
    }

    private static string Row(TwinFilter state, TmdlNode measure, string? part, string? computed, JsonElement value, IReadOnlyList<string> filters)
    {
        var format = measure["formatString"];
        var told = filters.Count == 0 ? $"[{measure.Name}]" : $"CALCULATE ( [{measure.Name}], {string.Join(", ", filters)} )";
        var isNumber = format is not "@" && format?.StartsWith("yyyy", StringComparison.Ordinal) != true;
        var expected = computed ?? (isNumber && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : "BLANK ()");
        var text = isNumber ? "" : value.ValueKind == JsonValueKind.Null ? "" : value.ToString();
        if (format?.Contains("HH", StringComparison.Ordinal) == true)
            text = text[..16].Replace('T', ' ');
        else if (format?.StartsWith("yyyy", StringComparison.Ordinal) == true && text.Length > 10)
            text = text[..10];
        var found = isNumber ? "\"\"" : format == "@" ? $"{told} & \"\"" : $"FORMAT ( {told}, \"{format}\" )";
        var cells = (string[])[Quoted(state.View), Quoted(Chosen(state)), Quoted(measure.Name), Quoted(part ?? ""), expected,
            isNumber ? told : "BLANK ()", Quoted(text), found];
        return $"            ( {string.Join(", ", cells)} )";
    }

    /// <summary>Two measures tell whatever the filter leaves, and their twins what is left of one filter.</summary>
    private static IEnumerable<string> Own(MeasureTwin twin) => twin.Measure switch
    {
        "Figure" => ["'KPI Daily'[KPI Id] = \"K03\""],
        "Figure Sum" => ["'KPI Daily'[KPI Id] = \"K07\""],
        _ => [],
    };

    /// <summary>The column of the model whose values are the parts that the twin tells of: the first that it selects.</summary>
    private static string Axis(MeasureTwin twin) => First().Match(twin.Sql).Groups["column"].Value switch
    {
        "kpi_id" or "items" => "'KPI'[KPI Id]",
        "dimension_value" => "'KPI Daily'[Dimension Value]",
        "city_id" => "'City'[City Id]",
        "currency" => "'Project'[Currency]",
        "reached.stage" => "'Relationship Stage'[Stage Code]",
        var other => throw new InvalidOperationException($"measures.sql: {twin.Measure} tells parts by {other}, which no column is known for."),
    };

    private static bool Today(MeasureTwin twin) => twin.Sql.Contains("getvariable('today')", StringComparison.Ordinal);

    private static string Chosen(TwinFilter state) => state.ToString()[state.View.Length..].Trim();

    private static string Day(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"DATE ( {day.Year}, {day.Month}, {day.Day} )");

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"^SELECT (?<column>[a-z_.]+),", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex First();
}
