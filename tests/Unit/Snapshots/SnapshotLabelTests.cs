using System.Text.RegularExpressions;
using FriendCity.Snapshots.Contracts;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.Snapshots;

/// <summary>Every code in a snapshot is told in both languages: beside it, or once for all days in the table of codes.</summary>
public sealed partial class SnapshotLabelTests
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    /// <summary>Columns that look like codes and are none that somebody reads: what they are, or which table has their names.</summary>
    private static readonly Dictionary<string, string> Exempt = new()
    {
        ["country_id"] = "dim_country",
        ["city_id"] = "dim_city",
        ["sector_id"] = "dim_sector",
        ["centre_id"] = "dim_centre",
        ["kpi_id"] = "dim_kpi",
        ["relationship_id"] = "the row's own id",
        ["event_id"] = "the row's own id",
        ["project_id"] = "the row's own id",
        ["activity_id"] = "the row's own id",
        ["iso3"] = "ISO 3166",
        ["m49"] = "UN M49",
        ["unlocode"] = "UN/LOCODE",
        ["currency"] = "ISO 4217",
        ["article_paragraph"] = "a place in the article",
        ["rows_hash"] = "a hash",
        ["code_list"] = "a column's name",
        ["code"] = "dim_code itself",
    };

    [Fact]
    public async Task Every_column_of_codes_has_labels_in_both_languages_or_a_list_in_dim_code() =>
        Assert.Empty(Faults(await StarAsync()));

    [Theory]
    [InlineData("fact_project", "status_label_en")]
    [InlineData("fact_activity", "cities_label_zh")]
    [InlineData("kpi_daily", "dimension_label_zh")]
    public async Task A_label_that_is_missing_is_noticed(string table, string label)
    {
        var star = await StarAsync();
        foreach (var row in star[table].Skip(3))
            row[label] = null;
        Assert.Contains(Faults(star), fault => fault.StartsWith($"{table}.{label}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("measure", "signed")]
    [InlineData("stage", "FRIEND_CITY")]
    [InlineData("scenarios", "ARTICLE")]
    public async Task A_code_that_dim_code_lacks_is_noticed(string list, string code)
    {
        var star = await StarAsync();
        star["dim_code"].RemoveAll(row => (row["code_list"], row["code"]) is (string one, string other) && one == list && other == code);
        Assert.Contains(Faults(star), fault => fault.EndsWith($".{list}: dim_code has no {code}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_part_of_a_figure_its_items_and_its_reason_are_told_by_their_names()
    {
        var rows = (await StarAsync())["kpi_daily"].Where(row => row["view"] is "now").ToList();
        Assert.Equal(("Almaty", "阿拉木图"), Labels(rows.First(row => row["dimension_value"] is "KZALA"), "dimension"));
        Assert.Equal(("Friend city", "友好城市"), Labels(rows.Single(row => row["dimension_value"] is "FRIEND_CITY"), "dimension"));
        Assert.Equal(("Projects", "项目"), Labels(rows.First(row => row["dimension_value"] is "projects"), "dimension"));
        Assert.Equal(("SCO circle countries, by 2025-12-31", "上合朋友圈国家数（至 2025-12-31）"),
            Labels(rows.First(row => row["dimension_value"] is "T02"), "dimension"));
        Assert.Equal(("Moscow; Ulaanbaatar", "莫斯科、乌兰巴托"), Labels(rows.Single(row => row["items"] is "RUMOW;MNULN" or "MNULN;RUMOW"
            && row["kpi_id"] is "K23" && row["dimension"] is null), "items", sorted: true));
        Assert.All(rows, row => Assert.Equal(row["reason_en"] is null, row["reason_zh"] is null));
        Assert.Contains(rows, row => row["reason_zh"] is string reason && Chinese().IsMatch(reason));
    }

    private static (string?, string?) Labels(Dictionary<string, object?> row, string name, bool sorted = false)
    {
        var (en, zh) = ((string?)row[$"{name}_label_en"], (string?)row[$"{name}_label_zh"]);
        return sorted ? (string.Join("; ", en!.Split("; ").Order(StringComparer.Ordinal)),
            string.Join('、', zh!.Split('、').OrderDescending(StringComparer.Ordinal))) : (en, zh);
    }

    private static async Task<Dictionary<string, List<Dictionary<string, object?>>>> StarAsync()
    {
        var registry = await SampleRegistry.LoadAsync();
        return SnapshotTables.All.ToDictionary(table => table.Name, table => table.Read(registry, Day).Rows.Select(row => table.Columns.Zip(row)
            .ToDictionary(cell => cell.First.Name, cell => cell.Second)).ToList());
    }

    private static IEnumerable<string> Faults(Dictionary<string, List<Dictionary<string, object?>>> star)
    {
        var codes = star["dim_code"].Select(row => ((string)row["code_list"]!, (string)row["code"]!)).ToHashSet();
        foreach (var (table, rows) in star)
            foreach (var column in SnapshotTables.Find(table)!.Columns.Where(column => column.Type == ColumnType.Text))
            {
                var cells = rows.Select(row => (string?)row[column.Name]).OfType<string>().Distinct().ToList();
                var plain = column.Name.EndsWith("_ids", StringComparison.Ordinal) ? Plural(column.Name[..^4])
                    : column.Name.EndsWith("_code", StringComparison.Ordinal) ? column.Name[..^5]
                    : column.Name.EndsWith("_id", StringComparison.Ordinal) ? column.Name[..^3]
                    : column.Name == "dimension_value" ? "dimension" : column.Name;
                string[] labels = [$"{plain}_label_en", $"{plain}_label_zh"];
                if (column.Name.Contains("label", StringComparison.Ordinal) || Exempt.ContainsKey(column.Name)
                    || table is "kpi_daily" && column.Name == "dimension" && cells.TrueForAll(cell => codes.Contains(("dimension", cell)))
                    || !cells.Exists(cell => Code().IsMatch(cell)))
                    continue;
                if (rows[0].ContainsKey(labels[0]) && !(table == "kpi_daily" && column.Name == "dimension"))
                {
                    foreach (var label in labels.Where(label => rows.Exists(row => row[column.Name] is not null && row[label] is null)))
                        yield return $"{table}.{label} is empty beside a {column.Name}";
                    continue;
                }

                // In the daily tables, and where a code is the key of a platform with its name beside it.
                if (rows[0].ContainsKey($"{plain}_name_en"))
                    continue;
                foreach (var cell in cells.Where(cell => !codes.Contains((column.Name, cell))))
                    yield return $"{table}.{column.Name}: dim_code has no {cell}";
            }
    }

    private static string Plural(string noun) => noun.EndsWith('y') ? $"{noun[..^1]}ies" : $"{noun}s";

    /// <summary>A word without a space that does not begin as a sentence or a name does, or a list of such.</summary>
    [GeneratedRegex("^([a-z0-9+][A-Za-z0-9_.+-]*|[A-Z0-9_+-]*[A-Z][A-Z0-9_+-]+)(;[A-Za-z0-9_+-]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}", RegexOptions.None, 1000)]
    private static partial Regex Chinese();
}
