using System.Text.RegularExpressions;

namespace FriendCity.Tests.Unit.PowerBi.Model;

/// <summary>
/// What slicers, clicks and a role leave: a view, the last day of a snapshot, the first day of events, a city, a country, a region. As in Power BI,
/// a filter on
/// the one reaches the many along the model's own relationships, so that a relationship too many or too few changes the twins' numbers.
/// </summary>
internal sealed partial record TwinFilter(string View, DateOnly? Until = null, DateOnly? Since = null, string? City = null, string? Country = null,
    string? Region = null)
{
    /// <summary>The tables on which the role Region reader puts a condition, as this filter tells it.</summary>
    public static readonly IReadOnlyList<string> Secured = ["Activity", "Alert", "City", "Country", "User Region"];

    /// <summary>A file that was read after another snapshot had become the current one.</summary>
    public string? Late { get; init; }

    public override string ToString() =>
        string.Join(' ', ((string?[])[
            View, Until is { } day ? $"until {day:yyyy-MM-dd}" : null,
            Since is { } first ? $"since {first:yyyy-MM-dd}" : null,
            City, Country, Region]).OfType<string>());

    /// <summary>What of the filter a measure of a table has to follow, said once more and without looking at the model's relationships.</summary>
    public TwinFilter Of(string table, string answer) => new(
        View,
        table is "KPI Daily" or "City Daily" ? Until : null,
        table == "Activity" || answer == "list relationships entries stages" ? Since : null,
        table is "KPI Daily" or "City Daily" or "City" or "Relationship Stage" or "Project" or "Embedding" ? City : null,
        table is "City Daily" or "Country" or "Relationship Stage" or "Project" or "Embedding" ? Country : null,
        Region);

    public bool IsPart => (Since, City, Country, Region) != (null, null, null, null);

    /// <summary>Whether a row of the model's table has to pass a filter, its own or another table's.</summary>
    public bool Reaches(ModelFiles model, string table) =>
        Own(table) is not null || FilterReach.Ends(model, active: true).Any(each => each.From.Table == table && Reaches(model, each.To.Table));

    /// <summary>
    /// A view for each file that the model reads, with the rows that pass, and three for measures that choose their filters: X_dated takes the way
    /// from the dates, X_undated and X_anywhere have no filter of dates and of cities; what a role hides stays hidden.
    /// </summary>
    public IEnumerable<(string Name, string Sql)> Views(ModelFiles model)
    {
        // The ones before the many, since a view is made of what is there.
        foreach (var table in model.Tables.OrderBy(table => FilterReach.Ends(model, active: true).Any(each => each.From.Table == table.Name)))
            if (File(table) is { } file)
            {
                var ends = FilterReach.Ends(model, active: true).Where(each => each.From.Table == table.Name).ToList();
                var dates = FilterReach.Ends(model, active: false).Concat(ends)
                    .Where(each => each.From.Table == table.Name && each.To.Table == "Date").Take(1).ToList();
                yield return Define(model, table, file, ends);
                yield return Define(model, table, $"{file}_dated", [.. ends, .. dates]);
                yield return Define(model, table, $"{file}_undated", [.. ends.Where(each => each.To.Table != "Date")]);
                yield return Define(model, table, $"{file}_anywhere", [.. ends.Where(each => each.To.Table != "City" || Region is not null)]);
            }
    }

    /// <summary>What the file of a table is called in the SQL; null for a table that has none.</summary>
    public static string? File(TmdlNode table) => table.Name == "Snapshot Date" ? "snapshot_days"
        : Read().Match(table.Of("partition").Single()["source"]!) is { Success: true } read ? read.Groups["file"].Value : null;

    private (string Name, string Sql) Define(
        ModelFiles model, TmdlNode table, string name, List<((string Table, string Column) From, (string Table, string Column) To)> ends)
    {
        var conditions = ends.Distinct().Where(each => Reaches(model, each.To.Table))
            .Select(each => $"{Source(model, each.From)} IN (SELECT {Source(model, each.To)} FROM {File(model.Table(each.To.Table)!)})")
            .Prepend(Own(table.Name)).OfType<string>().ToList();
        var id = File(table) == Late ? "the next" : "the current";
        return (name, $"CREATE OR REPLACE VIEW {name} AS SELECT *, '{id}' AS snapshot_id FROM ({Rows(File(table)!)})"
            + (conditions.Count > 0 ? $" WHERE {string.Join(" AND ", conditions)}" : ""));
    }

    private string? Own(string table) => table switch
    {
        "Snapshot Date" when Until is { } day => $"snapshot_date <= DATE '{day:yyyy-MM-dd}'",
        "Date" when Since is { } day => $"date >= DATE '{day:yyyy-MM-dd}'",
        "City" or "Country" when Region is not null => $"region_en = '{Region}'",
        "Activity" when Region is not null =>
            $"list_has_any(split(country_ids, ';'), (SELECT list(country_id) FROM read_parquet('dim_country.parquet') WHERE region_en = '{Region}'))",
        "Alert" when Region is not null => "false",
        "City" when City is not null => $"city_id = '{City}'",
        "Country" when Country is not null => $"country_id = '{Country}'",
        _ => null,
    };

    /// <summary>The file as the model has it: with the columns that it adds for its relationships.</summary>
    private static string Rows(string file) => file switch
    {
        "snapshot_days" => "SELECT DISTINCT snapshot_date FROM read_parquet('kpi_daily.parquet')",
        "kpi_daily" => "SELECT *, CASE WHEN dimension = 'city' THEN dimension_value END AS city_id FROM read_parquet('kpi_daily.parquet')",
        "fact_project" => "SELECT *, coalesce(city_id, country_id) AS city_key FROM read_parquet('fact_project.parquet')",
        "dim_city" => "SELECT city.*, region_en FROM read_parquet('dim_city.parquet') AS city "
            + "JOIN read_parquet('dim_country.parquet') USING (country_id) UNION ALL BY NAME "
            + "SELECT country_id AS city_id, country_id, 'country' AS entity_level, region_en FROM read_parquet('dim_country.parquet')",
        _ => $"SELECT * FROM read_parquet('{file}.parquet')",
    };

    private static string Source(ModelFiles model, (string Table, string Column) end) =>
        $"\"{model.Column(end.Table, end.Column)!["sourceColumn"]}\"";

    [GeneratedRegex(@"fn(Snapshot|History)Table\(""(?<file>[a-z_]+)"", Columns\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Read();
}
