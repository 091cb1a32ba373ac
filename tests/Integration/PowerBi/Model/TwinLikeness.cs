using System.Text.RegularExpressions;
using FriendCity.Tests.Unit.PowerBi.Model;

namespace FriendCity.Tests.Integration.PowerBi.Model;

/// <summary>
/// Whether a measure and its twin are about the same: codes, columns and ways of counting that the DAX names have to stand in the SQL too. Equal
/// numbers say that the SQL is right; this says that the DAX was not forgotten when one of the two was changed.
/// </summary>
internal sealed partial class TwinLikeness(ModelFiles model, string prelude)
{
    /// <summary>Tables that choose rows in a visual and are not in the files; the SQL has variables for them.</summary>
    private static readonly string[] Choosing = ["View", "Date", "Snapshot Date", "Snapshot", "Display Language"];

    private static readonly (string Dax, string Sql)[] Counting = [("DISTINCTCOUNT", "count(DISTINCT "), ("DISTINCTCOUNTNOBLANK", "count(DISTINCT "),
        ("SUM", "sum("), ("AVERAGE", "avg("), ("DIVIDE", " / "), ("DATEDIFF", "datediff("),];

    /// <summary>Ways and filters that a measure chooses: see the views of <see cref="TwinFilter"/>.</summary>
    private static readonly (string Dax, string Sql)[] Filtering =
        [("USERELATIONSHIP", "_dated"), ("REMOVEFILTERS ( 'Date'", "_undated"), ("REMOVEFILTERS ( 'City'", "_anywhere")];

    /// <summary>What the measure names and its twin does not.</summary>
    public IReadOnlyList<string> Missing(string dax, string sql)
    {
        var whole = Whole(sql);
        return
        [
            .. DaxCheck.Literals(dax).Where(literal => Code().IsMatch(literal) && literal != "zh-CN"
                && !whole.Contains($"'{literal}'", StringComparison.Ordinal)),
            .. Columns(dax, []).Where(column => !Regex.IsMatch(whole, $@"\b{column}\b", RegexOptions.None, TimeSpan.FromSeconds(1))),
            .. Counting.Where(each => Regex.IsMatch(dax, $@"\b{each.Dax} \(", RegexOptions.None, TimeSpan.FromSeconds(1))
                && !whole.Contains(each.Sql, StringComparison.Ordinal)).Select(each => each.Dax),
            .. Filtering.Where(each => dax.Contains(each.Dax, StringComparison.Ordinal) != whole.Contains(each.Sql, StringComparison.Ordinal))
                .Select(each => each.Dax),
        ];
    }

    /// <summary>The files' columns that the expression and the measures it calls look at, but those the model makes itself.</summary>
    private IEnumerable<string> Columns(string dax, HashSet<string> seen)
    {
        foreach (Match match in Reference().Matches(dax))
        {
            var (table, name) = (match.Groups["table"].Value, match.Groups["name"].Value);
            if (table.Length == 0 && seen.Add(name) && model.Measures.SingleOrDefault(measure => measure.Name == name) is { } other)
                foreach (var column in Columns(other.Value!, seen))
                    yield return column;
            if (table.Length > 0 && !Choosing.Contains(table) && !IsAxis(dax, match) && !IsWay(dax, match) && model.Column(table, name) is { } found
                && !found.Description!.EndsWith("not part of the contract", StringComparison.Ordinal)
                && !found.Description.EndsWith("the language of the parameter Language", StringComparison.Ordinal))
                yield return found["sourceColumn"]!;
        }
    }

    /// <summary>Which rows a visual shows, handed on to another column: in the SQL that column is the first one selected.</summary>
    private static bool IsAxis(string dax, Match match) => dax[..match.Index].EndsWith("TREATAS ( VALUES ( ", StringComparison.Ordinal);

    /// <summary>A relationship that the measure takes: the SQL's views X_dated follow it.</summary>
    private static bool IsWay(string dax, Match match) => dax[..match.Index].EndsWith("USERELATIONSHIP ( ", StringComparison.Ordinal);

    /// <summary>The twin with the macros it calls, and those they call.</summary>
    private string Whole(string sql)
    {
        var (whole, macros) = (sql, Macro().Matches(prelude).ToList());
        while (macros.Find(macro => whole.Contains($"{macro.Groups["name"].Value}(", StringComparison.Ordinal)) is { } used)
        {
            whole += used.Groups["body"].Value;
            macros.Remove(used);
        }

        return whole;
    }

    [GeneratedRegex(@"('(?<table>[^']+)')?\[(?<name>[^\]]+)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex(@"CREATE MACRO (?<name>[a-z_]+)\([a-z, ]*\) AS (?<body>[^;]*);", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Macro();

    [GeneratedRegex("^[A-Za-z_]{2}[A-Za-z0-9_]*$|^K[0-9]{2}$", RegexOptions.None, 1000)]
    private static partial Regex Code();
}
