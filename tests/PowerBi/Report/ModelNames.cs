using System.Text.RegularExpressions;

namespace FriendCity.Tests.PowerBi.Report;

/// <summary>The names a report can bind to, read from the model's tables: what stands one tab deep in a table's file.</summary>
internal sealed partial class ModelNames(string model)
{
    private readonly HashSet<(string Kind, string Table, string Name)> _names = [.. Directory.GetFiles(Path.Combine(model, "definition", "tables"), "*.tmdl").SelectMany(Of)];

    public bool Has(FieldUse field) => _names.Contains((field.Kind, field.Table, field.Name));

    public bool HasTable(string table) => _names.Any(name => name.Table == table);

    private static IEnumerable<(string Kind, string Table, string Name)> Of(string file)
    {
        var lines = File.ReadAllLines(file);
        var table = Name(lines.Select(line => TableLine().Match(line)).First(match => match.Success));
        return lines.Select(line => FieldLine().Match(line)).Where(match => match.Success)
            .Select(match => (match.Groups["kind"].Value == "measure" ? "Measure" : "Column", table, Name(match)));
    }

    private static string Name(Match match) =>
        match.Groups["quoted"].Success ? match.Groups["quoted"].Value.Replace("''", "'", StringComparison.Ordinal) : match.Groups["plain"].Value;

    [GeneratedRegex(@"^table (?:'(?<quoted>(?:[^']|'')+)'|(?<plain>[^\s.=:']+))\s*$", RegexOptions.None, 1000)]
    private static partial Regex TableLine();

    [GeneratedRegex(@"^\t(?<kind>measure|column) (?:'(?<quoted>(?:[^']|'')+)'|(?<plain>[^\s.=:']+))", RegexOptions.None, 1000)]
    private static partial Regex FieldLine();
}
