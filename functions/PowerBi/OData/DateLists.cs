using System.Text.RegularExpressions;

namespace FriendCity.PowerBi.OData;

/// <summary>
/// The parser reads lists of texts and numbers after <c>in</c>, and none of dates: <c>Date in (2024-01-01,2024-02-01)</c> is put to it as
/// <c>(Date eq 2024-01-01 or Date eq 2024-02-01)</c>, which means the same.
/// </summary>
internal static partial class DateLists
{
    /// <summary>The same filter without lists of dates. What stands in quotes is left alone; in a doubled quote one text ends and the next begins.</summary>
    public static string Spell(string filter) =>
        string.Join('\'', filter.Split('\'').Select((part, i) => i % 2 == 0 ? DateList().Replace(part, Spell) : part));

    private static string Spell(Match list)
    {
        var name = list.Groups["name"].Value;
        return $"({string.Join(" or ", list.Groups["value"].Captures.Select(value => $"{name} eq {value.Value}"))})";
    }

    [GeneratedRegex(@"(?<![\w/])(?<name>[A-Za-z_][\w/]*)\s+in\s*\(\s*(?=[^)]*\d{4}-\d{2})(?:(?<value>null|\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?)\s*(?:,\s*(?!\))|(?=\))))+\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DateList();
}
