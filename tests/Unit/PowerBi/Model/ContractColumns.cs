using System.Text.Json;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Unit.PowerBi.Model;

/// <summary>The columns of the published contract, and what the model makes of those that are there in both languages.</summary>
internal static class ContractColumns
{
    /// <summary>
    /// The contracts as they are published, not the code that publishes them: what the second has is in the first, and what it has for tracing
    /// the model leaves alone.
    /// </summary>
    public static Dictionary<string, List<(string Name, string Type)>> Read() =>
        JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Repository.At("docs", "contract", "2", "schema.json"))).GetProperty("tables")
            .EnumerateObject().Where(table => table.Name != "kpi_rows").ToDictionary(
            table => table.Name,
            table => table.Value.GetProperty("columns").EnumerateArray()
                .Select(column => (column.GetProperty("name").GetString()!, column.GetProperty("type").GetString()!)).ToList());

    /// <summary>What the model calls the columns of which files have two, one in each language.</summary>
    public static HashSet<string> Both() => [.. Read().Values.SelectMany(columns => columns
        .Where(column => IsPair(columns, column.Name, "_en", "_zh")).Select(column => column.Name[..^3]))];

    /// <summary>Of what a file has in both languages the model has one column, in the language of its parameter.</summary>
    public static List<(string Name, string Type)> Spoken(List<(string Name, string Type)> columns) =>
        [.. columns.Where(column => !IsPair(columns, column.Name, "_zh", "_en"))
            .Select(column => IsPair(columns, column.Name, "_en", "_zh") ? (column.Name[..^3], column.Type) : column)];

    private static bool IsPair(List<(string Name, string Type)> columns, string name, string ending, string other) =>
        name.EndsWith(ending, StringComparison.Ordinal) && columns.Exists(column => column.Name == name[..^3] + other);
}
