using System.Globalization;
using FriendCity.Messages;

namespace FriendCity.Records.Formats.Reading;

/// <summary>Where in a file the members of records stand: what a person looks for who has to mend a fault.</summary>
internal sealed class FilePlaces
{
    private const int ShownCharacters = 60;

    private readonly Dictionary<string, (string? Sheet, IReadOnlyDictionary<string, string> Headings)> _lists = new(StringComparer.Ordinal);

    /// <summary>Of files without headings.</summary>
    public static FilePlaces None { get; } = new(null, new Dictionary<string, string>(StringComparer.Ordinal));

    /// <param name="headings">By the name of the field.</param>
    public FilePlaces(string? sheet, IReadOnlyDictionary<string, string> headings) => (Sheet, Headings) = (sheet, headings);

    public string? Sheet { get; }

    public IReadOnlyDictionary<string, string> Headings { get; }

    public void AddList(string list, string sheet, IReadOnlyDictionary<string, string> headings) => _lists.Add(list, (sheet, headings));

    /// <param name="value">What stands in the member that the pointer names.</param>
    public RowFault Fault(int row, IReadOnlyDictionary<string, int[]>? entries, Violation violation, string? value)
    {
        var path = violation.Pointer.Split('/');
        if (path.Length > 2 && _lists.TryGetValue(path[1], out var list) && entries?.GetValueOrDefault(path[1]) is { } rows
            && int.TryParse(path[2], NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < rows.Length)
            return new(rows[at], list.Sheet, path.Length > 3 ? list.Headings.GetValueOrDefault(path[3]) : null, violation.Pointer,
                violation.Rule, null, violation.Message);
        var column = path.Length > 1 ? Headings.GetValueOrDefault(path[1]) : null;
        return new(row, Sheet, column, violation.Pointer, violation.Rule, Shown(value), violation.Message);
    }

    public static string? Shown(string? value) => value is { Length: > ShownCharacters } ? $"{value[..ShownCharacters]}…" : value;
}
