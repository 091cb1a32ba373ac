using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats;
using FriendCity.Snapshots.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Snapshots;

public sealed class SnapshotTableTests
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    public static TheoryData<string> Tables => [.. SnapshotTables.All.Select(table => table.Name)];

    [Theory, MemberData(nameof(Tables))]
    public void Columns_have_plain_names_and_descriptions_in_both_languages(string name)
    {
        var table = SnapshotTables.Find(name)!;
        Assert.Matches("^((dim|fact|kpi)_[a-z_]+|alerts)$", table.Name);
        Assert.All(table.Columns, column =>
        {
            Assert.Matches("^[a-z][a-z0-9_]*$", column.Name);
            Assert.NotEmpty(column.Description.En);
            Assert.Matches("[\\u4e00-\\u9fff]|UN/LOCODE", column.Description.Zh);
        });
        Assert.Equal(table.Columns.Count, table.Columns.Select(column => column.Name).Distinct().Count());
    }

    [Theory, MemberData(nameof(Tables))]
    public async Task Every_sample_row_is_in_its_table_once_and_says_what_its_columns_promise(string name)
    {
        var table = SnapshotTables.Find(name)!;
        var data = table.Read(await SampleRegistry.LoadAsync(), Day);
        Assert.NotEmpty(data.Rows);
        Assert.Equal(0, data.LeftOut);
        var key = table.Key.Select(table.IndexOf).ToList();
        Assert.Equal(data.Rows.Count, data.Rows.Select(row => string.Join('|', key.Select(index => row[index]))).Distinct().Count());
        foreach (var row in data.Rows)
            foreach (var (cell, column) in row.Zip(table.Columns))
                Assert.True(cell is null ? column.Nullable : Fits(column.Type, cell), $"{name}.{column.Name} holds {cell ?? "null"}");
    }

    [Theory, MemberData(nameof(Tables))]
    public async Task A_table_reads_back_from_its_csv_as_it_was(string name)
    {
        var data = SnapshotTables.Find(name)!.Read(await SampleRegistry.LoadAsync(), Day);
        Assert.Equal(data.Rows, CsvTable.Read(data.Table, SnapshotFormat.Csv.Bytes(data.Table, data.Rows, "x")).Rows);
    }

    [Theory]
    [InlineData("dim_country", "countries")]
    [InlineData("dim_city", "cities")]
    [InlineData("dim_sector", "sectors")]
    [InlineData("dim_centre", "centres")]
    [InlineData("fact_project", "projects")]
    [InlineData("fact_activity", "activities")]
    public async Task There_is_a_row_for_each_live_record(string name, string type)
    {
        var registry = await SampleRegistry.LoadAsync();
        Assert.Equal(registry.Of(type).Count, SnapshotTables.Find(name)!.Read(registry, Day).Rows.Count);
    }

    [Fact]
    public async Task A_deleted_record_is_in_no_table()
    {
        var registry = (await SampleRegistry.LoadAsync()).With(
            new Dictionary<string, List<FriendCity.Records.Record>> { ["cities"] = [new City { Id = "KHKOS", Version = 2, Deleted = true }] },
            SnapshotFixture.Start);
        Assert.DoesNotContain(CityTable.Table.Read(registry, Day).Rows, row => row.Contains("KHKOS"));
        var stage = Rows(StageTable.Table, registry).First(row => (string)row["city_id"]! == "KHKOS");
        Assert.Null(stage["country_id"]);
    }

    [Fact]
    public async Task A_record_without_a_required_value_is_left_out_and_counted()
    {
        var registry = (await SampleRegistry.LoadAsync()).With(
            new Dictionary<string, List<FriendCity.Records.Record>> { ["activities"] = [new Activity { Id = "A999", Version = 1 }] },
            SnapshotFixture.Start);
        var data = ActivityTable.Table.Read(registry, Day);
        Assert.Equal((registry.Of("activities").Count - 1, 1), (data.Rows.Count, data.LeftOut));
    }

    [Fact]
    public async Task A_relationship_has_a_row_for_each_of_its_stages()
    {
        var rows = Rows(StageTable.Table, await SampleRegistry.LoadAsync(), Day).Where(row => (string)row["relationship_id"]! == "R04").ToList();
        Assert.Equal(["1 INTENTION False False", "2 FRIENDLY_COOPERATION True True"],
            rows.Select(row => $"{row["stage_number"]} {row["stage"]} {row["is_formal"]} {row["is_current"]}"));
        Assert.Equal("KHKOS KH 2017-04-20 ARTICLE illustrative illustrative",
            $"{rows[1]["city_id"]} {rows[1]["country_id"]} {rows[1]["stage_date"]:yyyy-MM-dd} {rows[1]["scenario"]} {rows[1]["source"]} "
                + $"{rows[1]["evidence"]}");
    }

    [Fact]
    public async Task The_current_stage_is_that_of_the_day()
    {
        var rows = Rows(StageTable.Table, await SampleRegistry.LoadAsync(), new DateOnly(2017, 1, 1))
            .Where(row => (string)row["relationship_id"]! == "R04");
        Assert.Equal(["INTENTION"], rows.Where(row => row["is_current"] is true).Select(row => row["stage"]));
    }

    [Theory]
    [InlineData("K03", null, 13.0, "cities")]
    [InlineData("K04", null, 10.0, "countries")]
    [InlineData("K06", "broad", 2.25, "ratio")]
    [InlineData("K11", null, 7.0, "countries")]
    public async Task The_articles_figures_stand_in_kpi_daily(string kpi, string? part, double value, string unit)
    {
        var row = Rows(KpiDaily.Table, await SampleRegistry.LoadAsync(), Day)
            .Single(row => row["view"] is "article" && row["kpi_id"] is string id && id == kpi && (string?)row["dimension_value"] == part);
        Assert.Equal((value, unit, part is null ? null : "tie"), ((double)row["value"]!, row["unit"], row["dimension"]));
        Assert.Equal("2026-11-21 2024-03-25 2018-06-09 SCO17_ARTICLE ARTICLE 1",
            $"{row["snapshot_date"]:yyyy-MM-dd} {row["as_of"]:yyyy-MM-dd} {row["baseline"]:yyyy-MM-dd} {row["scope_id"]} {row["scenarios"]} "
                + $"{row["definition_version"]}");
        Assert.Equal(kpi switch { "K04" => "AM;AZ;BY;IN;KG;KH;KZ;PK;RU;TJ", "K11" => "AF;IR;LK;MN;NP;TR;UZ", _ => null }, row["items"]);
    }

    [Fact]
    public async Task The_view_of_now_is_as_of_the_day_of_the_snapshot_and_counts_illustrative_rows()
    {
        var registry = await SampleRegistry.LoadAsync();
        var row = Rows(KpiDaily.Table, registry, Day).Single(row => row["view"] is "now" && row["kpi_id"] is "K03");
        var context = new KpiContext(registry, Day, registry.Of(Scope.Type).Get("SCO_LIVE")!, Provenance.AllScenarios, new DateOnly(2018, 6, 9));
        var value = TieKpis.Cities.Values(context).Single();
        Assert.Equal((Day, value.Figure.Value, value.RowsHash), ((DateOnly)row["as_of"]!, (double?)row["value"], row["rows_hash"]));
        Assert.Equal((long)value.Figure.Rows.Count(each => each.Source == "illustrative"), row["illustrative_rows"]);
        Assert.NotEqual(0L, row["illustrative_rows"]);
    }

    [Fact]
    public void Without_its_scope_a_figure_is_null_with_the_reason_and_not_zero()
    {
        var rows = Rows(KpiDaily.Table, RegistrySnapshot.Empty(RegistryTypes.All), Day);
        Assert.Equal(KpiCatalogue.All.Count * Sample.Views.All.Count, rows.Count);
        Assert.All(rows, row => Assert.Equal((null, $"There is no scope '{row["scope_id"]}'."), (row["value"], row["reason_en"])));
    }

    private static List<Dictionary<string, object?>> Rows(SnapshotTable table, RegistrySnapshot registry, DateOnly? day = null) =>
        [.. table.Read(registry, day ?? Day).Rows.Select(row => table.Columns.Zip(row).ToDictionary(cell => cell.First.Name, cell => cell.Second))];

    private static bool Fits(ColumnType type, object cell) => type switch
    {
        ColumnType.Text => cell is string,
        ColumnType.Date => cell is DateOnly,
        ColumnType.Integer => cell is long,
        ColumnType.Number => cell is double,
        ColumnType.Decimal => cell is decimal,
        _ => cell is bool,
    };
}
