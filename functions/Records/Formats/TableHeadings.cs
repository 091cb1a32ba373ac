using System.Text.RegularExpressions;
using FriendCity.Messages;
using FriendCity.Records.Schemas;

namespace FriendCity.Records.Formats;

/// <summary>
/// What columns are called: their label in either language, or the name of their field. A label that could be another column's is followed by
/// the name; a column of codes by the word for code.
/// </summary>
internal sealed partial class TableHeadings
{
    private static readonly Text Codes = new("code", "代码");

    private readonly Dictionary<string, TableColumn> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<TableColumn>> _labels = new(StringComparer.Ordinal);

    public TableHeadings(IEnumerable<TableColumn> columns)
    {
        foreach (var column in columns)
        {
            _names[Key(column.Name)] = column;
            foreach (var label in new[] { column.Label.En, column.Label.Zh }.Select(Key).Distinct(StringComparer.Ordinal))
                if (_labels.TryGetValue(label, out var alike))
                    alike.Add(column);
                else
                    _labels[label] = [column];
        }
    }

    /// <param name="language">Null for the names of fields.</param>
    public string Of(TableColumn column, Language? language)
    {
        if (language is not { } spoken)
            return column.Name;
        var label = column.Label.In(spoken);
        var heading = Find(label)?.Name == column.Name ? label : $"{label} ({column.Name})";
        return column.IsCode ? $"{heading} ({Codes.In(spoken)})" : heading;
    }

    /// <summary>The column of a heading, however its letters were typed; null when there is none, or more than one could be meant.</summary>
    public TableColumn? Find(string heading)
    {
        var folded = Key(heading);
        if (_names.TryGetValue(folded, out var named))
            return named;
        if (_labels.TryGetValue(folded, out var labelled))
            return labelled.Count == 1 ? labelled[0] : null;
        if (InBrackets().Match(folded) is not { Success: true } parts)
            return null;
        var (before, inner) = (parts.Groups["before"].Value, parts.Groups["inner"].Value);
        if (inner == Codes.En || inner == Codes.Zh)
            return Find(before) is { HasCodes: true, IsCode: false } column ? column with { IsCode = true } : null;
        return _names.TryGetValue(inner, out var meant) && _labels.GetValueOrDefault(before)?.Contains(meant) == true ? meant : null;
    }

    /// <summary>However it is typed: full-width brackets, which have no blank in front, are folded to the others.</summary>
    private static string Key(string heading) => Folding.Fold(heading.Trim()).Replace(" (", "(", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?<before>.+)\((?<inner>[^()]+)\)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InBrackets();
}
