using System.Text.RegularExpressions;
using FriendCity.Kpis.Alerts;
using FriendCity.Registry;
using FriendCity.Snapshots.Contracts;
using FriendCity.Tests.Support;
using FriendCity.Tests.Unit.PowerBi.Model;

namespace FriendCity.Tests.Integration.PowerBi.Model;

/// <summary>
/// The model, the published contract and the files themselves name the same columns with the same types, each looked at from the other.
/// </summary>
[Collection(typeof(PublishedStars))]
public sealed partial class ContractTests(PublishedStar star)
{
    /// <summary>The last column of every table that is read from a snapshot; the function that reads them adds it.</summary>
    private const string SnapshotId = "snapshot_id";

    /// <summary>Queries look names up in it, and the views among its codes are a table of the model.</summary>
    private const string Codes = "dim_code";

    /// <summary>The table of the model for each of the contract.</summary>
    private static readonly Dictionary<string, string> Tables = new()
    {
        ["dim_date"] = "Date",
        ["dim_country"] = "Country",
        ["dim_city"] = "City",
        ["dim_sector"] = "Sector",
        ["dim_centre"] = "Centre",
        ["dim_kpi"] = "KPI",
        ["fact_relationship_stage"] = "Relationship Stage",
        ["fact_project"] = "Project",
        ["fact_activity"] = "Activity",
        ["fact_embedding"] = "Embedding",
        ["kpi_daily"] = "KPI Daily",
        ["kpi_city_daily"] = "City Daily",
        ["alerts"] = "Alert",
        [Codes] = "View",
    };

    /// <summary>
    /// Columns that the model computes: names that stand in dim_code, orders to sort by, and what relationships, roles and measures need.
    /// </summary>
    private static readonly Dictionary<string, string[]> Ours = new()
    {
        ["dim_date"] = [],
        ["dim_country"] = ["region_en"],
        ["dim_city"] = ["country", "region", "region_en"],
        ["dim_sector"] = [],
        ["dim_centre"] = [],
        ["dim_kpi"] = [],
        ["fact_relationship_stage"] = ["stage_order", "is_standing"],
        ["fact_project"] = ["city_key", "planned_value_text"],
        ["fact_activity"] = [],
        ["fact_embedding"] = [],
        ["kpi_daily"] = ["city_id", "is_headline", "dimension_name", "measure_name", "unit_name", "scope_name", "scenarios_name"],
        ["kpi_city_daily"] = ["stage_order", "stage_name", "scope_name", "scenarios_name"],
        ["alerts"] = ["severity_order"],
    };

    /// <summary>
    /// The contract's type as the model, M and DuckDB call it. Money is double, since the model's own decimal keeps only four places.
    /// </summary>
    private static readonly Dictionary<string, (string Model, string M, string DuckDb)> Types = new()
    {
        ["text"] = ("string", "type text", "VARCHAR"),
        ["date"] = ("dateTime", "type date", "DATE"),
        ["integer"] = ("int64", "Int64.Type", "BIGINT"),
        ["number"] = ("double", "type number", "DOUBLE"),
        ["decimal"] = ("double", "type number", "DECIMAL(18,6)"),
        ["flag"] = ("boolean", "type logical", "BOOLEAN"),
    };

    private static readonly Lazy<ModelFiles> Model = new(ModelFiles.Load);

    [Fact]
    public void The_model_has_every_table_of_the_contract_and_no_other_but_its_own()
    {
        Assert.Equal(ContractColumns.Read().Keys, Tables.Keys);
        Assert.Equal(
            Tables.Values.Concat(["Display Language", "Snapshot", "Snapshot Date", "User Region", "Setup Check"]).Order(StringComparer.Ordinal),
            Model.Value.Tables.Select(table => table.Name).Order(StringComparer.Ordinal));
        Assert.Equal(Tables.Keys, Texts(Expression("Table Names")));
    }

    [Fact]
    public void Columns_and_queries_are_the_contracts_and_those_we_say_are_ours() => Assert.Empty(Faults(ModelFiles.Load()));

    [Theory]
    [InlineData("City", "sourceColumn: country_id", "sourceColumn: country", "City's columns")]
    [InlineData("City", "sourceColumn: name\n", "sourceColumn: label\n", "City's columns")]
    [InlineData("Project", "dataType: double", "dataType: int64", "Project's columns")]
    [InlineData("Project", "{\"planned_value\", type number}", "{\"planned_value\", Int64.Type}", "Project's query takes")]
    [InlineData("Alert", "{\"since\", type date},", "", "Alert's query takes")]
    [InlineData("Alert", "\"severity_order\", each", "\"order\", each", "Alert's query makes")]
    [InlineData("KPI Daily", "\"unit_name\"", "\"unit_named\"", "KPI Daily's query makes")]
    [InlineData("Sector", "fnSnapshotTable(\"dim_sector\"", "fnSnapshotTable(\"dim_centre\"", "Sector's query reads")]
    public void A_column_that_is_not_the_contracts_is_caught(string table, string right, string wrong, string caught)
    {
        var (file, texts) = ($"tables/{table}.tmdl", ModelFiles.Texts());
        Assert.Contains(right, texts[file], StringComparison.Ordinal);
        texts[file] = texts[file].Replace(right, wrong, StringComparison.Ordinal);
        Assert.Contains(Faults(ModelFiles.Of(texts)), fault => fault.StartsWith(caught, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Set", "slow")]
    public async Task The_published_files_have_the_contracts_columns_in_their_types()
    {
        var described = await star.QueryAsync(Tables.Keys.Select(
            name => (name, $"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet('{name}.parquet'))")));
        Assert.All(ContractColumns.Read(), table => Assert.Equal(
            table.Value.Select(column => (column.Name, Types[column.Type].DuckDb)),
            described[table.Key].EnumerateArray().Select(row => (row[0].GetString()!, row[1].GetString()!))));
    }

    [Fact]
    public void Codes_that_the_model_knows_are_those_of_the_service()
    {
        Assert.Equal($"{{{string.Join(", ", SnapshotMajors.All)}}}", Expression("Schema Majors"));
        Assert.Equal(StageEvent.Stages, Texts(Expression("Stage Codes")));
        var choices = Model.Value.Expressions.Single(each => each.Name == "Default View").Value!;
        Assert.All(Sample.Views.All, view => Assert.Contains($"\"{view.Name}\"", choices, StringComparison.Ordinal));
        var severities = Model.Value.Table("Alert")!.Of("partition").Single()["source"]!;
        Assert.Contains($"{{{string.Join(", ", Enum.GetNames<Severity>().Select(name => $"\"{name.ToLowerInvariant()}\""))}}}", severities,
            StringComparison.Ordinal);
    }

    /// <summary>Tables are read one after the other, and another snapshot may become the current one between two of them.</summary>
    [Fact]
    public void Every_table_that_is_read_is_counted_among_the_snapshots_read()
    {
        var counted = Model.Value.Measures.Single(measure => measure.Name == "Snapshots Read").Value!;
        Assert.All(Model.Value.Tables.Where(table => table.Name is not ("Display Language" or "User Region" or "Setup Check")), table =>
        {
            Assert.Equal(SnapshotId, Model.Value.Column(table.Name, "Snapshot Id")!["sourceColumn"]);
            Assert.Contains($"ALLNOBLANKROW ( '{table.Name}'[Snapshot Id] )", counted, StringComparison.Ordinal);
        });
    }

    private static IEnumerable<string> Faults(ModelFiles model) =>
        ContractColumns.Read().Where(table => table.Key != Codes).SelectMany(table => Faults(model.Table(Tables[table.Key])!, table.Key, ContractColumns.Spoken(table.Value)));

    /// <summary>Daily tables take their day as an instant, because incremental refresh compares it with instants.</summary>
    private static IEnumerable<string> Faults(TmdlNode table, string name, List<(string Name, string Type)> contract)
    {
        var columns = table.Of("column").Select(column => (column["sourceColumn"]!, column["dataType"]!)).ToList();
        var query = table.Of("partition").Single()["source"]!;
        var taken = Typed().Matches(query[..query.IndexOf("Rows =", StringComparison.Ordinal)])
            .Select(match => (match.Groups["name"].Value, match.Groups["type"].Value)).ToList();
        var made = Added().Matches(query).Select(match => match.Groups["name"].Value).Except(contract.Select(column => column.Name)).ToList();
        if (!columns.Take(contract.Count).SequenceEqual(contract.Select(column => (column.Name, Types[column.Type].Model)))
            || !columns.Skip(contract.Count).Select(column => column.Item1)
                .SequenceEqual([.. Ours[name], SnapshotId]))
            yield return $"{table.Name}'s columns are not the contract's, with ours behind them: {string.Join(' ', columns)}.";
        // A country's region is taken in English besides, whatever the language is, since roles go by it.
        if (!taken.SequenceEqual([.. contract.Select(
            column => (column.Name, column is { Name: "snapshot_date" } ? "type datetime" : Types[column.Type].M)),
            .. name == "dim_country" ? [("region_en", "type text")] : ((string, string)[])[]]))
            yield return $"{table.Name}'s query takes other columns than the contract's: {string.Join(' ', taken)}.";
        if (made.Except(Ours[name]).Any() || Ours[name].Any(column => !query.Contains($"\"{column}\"", StringComparison.Ordinal)))
            yield return $"{table.Name}'s query makes other columns than ours: {string.Join(' ', made)}.";
        if (!query.Contains($"(\"{name}\", Columns)", StringComparison.Ordinal))
            yield return $"{table.Name}'s query reads another table than {name}.";
    }

    private static string Expression(string name) => Model.Value.Expressions.Single(each => each.Name == name).Value!;

    private static IEnumerable<string> Texts(string list) => Quoted().Matches(list).Select(match => match.Groups["text"].Value);

    [GeneratedRegex("""\{"(?<name>[a-z0-9_]+)", (?<type>[A-Za-z0-9. ]+)\}""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Typed();

    [GeneratedRegex("""Table\.AddColumn\(\s*[A-Za-z]+,\s*"(?<name>[a-z_]+)",""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Added();

    [GeneratedRegex("\"(?<text>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();
}
