using System.Text.RegularExpressions;

namespace FriendCity.Tests.Unit.PowerBi.Model;

/// <summary>
/// What can be said of DAX without an engine: brackets match, every table, column, measure and variable exists, functions are ones we know.
/// That the numbers are right is told by the measures' twins in SQL.
/// </summary>
internal static partial class DaxCheck
{
    /// <summary>
    /// The functions the model uses (https://learn.microsoft.com/dax/dax-function-reference); another one is a slip until it stands here.
    /// </summary>
    private static readonly string[] Functions =
    [
        "ABS", "ADDCOLUMNS", "ALL", "ALLNOBLANKROW", "AVERAGE", "BLANK", "CALCULATE", "CALCULATETABLE", "CONTAINSSTRING", "COUNTROWS", "DATE", "DATEDIFF",
        "DISTINCT", "DISTINCTCOUNT", "DISTINCTCOUNTNOBLANK", "DIVIDE",
        "EDATE", "EOMONTH", "EXCEPT", "FALSE", "FILTER",
        "FORMAT", "HASONEVALUE", "IF", "ISBLANK", "ISEMPTY", "KEEPFILTERS", "LEFT", "MAX", "MIN", "NOT", "REMOVEFILTERS", "SELECTCOLUMNS",
        "SELECTEDMEASURE", "SELECTEDVALUE", "SUM", "SWITCH", "TODAY", "TREATAS",
        "TRUE", "UNION", "USERCULTURE", "USERELATIONSHIP", "USERPRINCIPALNAME", "VALUES",
    ];

    private static readonly string[] Words = ["VAR", "RETURN", "IN", "NOT", "DAY", "MONTH", "YEAR", "EVALUATE", "ORDER", "BY"];

    public static IEnumerable<string> Faults(ModelFiles model) =>
    [
        .. model.Tables.SelectMany(table => table.Of("measure").SelectMany(measure => measure.Of("formatStringDefinition").Prepend(measure))
            .SelectMany(node => Faults(model, node, null))),
        .. model.Objects.Where(node => node.Kind == "role").SelectMany(role => role.Of("tablePermission"))
            .SelectMany(each => Faults(model, each, model.Table(each.Name))),
    ];

    /// <summary>Likewise of a query, whose lines may begin with comments.</summary>
    /// <param name="columns">What the query calls its own columns, which stand without a table.</param>
    public static IEnumerable<string> QueryFaults(ModelFiles model, string query, IEnumerable<string> columns)
    {
        var row = new TmdlNode("table", "", "", null, null);
        row.Children.AddRange(columns.Select(name => new TmdlNode("column", name, "", null, null)));
        var lines = query.Split('\n').Where(line => !line.StartsWith("//", StringComparison.Ordinal));
        return Faults(model, new TmdlNode("query", "check.dax", "check.dax", null, string.Join('\n', lines)), row);
    }

    /// <summary>Texts in the expression, without their quotes.</summary>
    public static IEnumerable<string> Literals(string dax) =>
        Token().Matches(dax).Where(token => token.Groups["text"].Success).Select(token => token.Value[1..^1]);

    /// <param name="row">The table whose row a permission looks at, so that its columns may stand alone.</param>
    private static List<string> Faults(ModelFiles model, TmdlNode node, TmdlNode? row)
    {
        var faults = new List<string>();
        void Say(string message) => faults.Add($"{node.Place}: {node.Name}: {message}");

        if (node.Value is not { } dax)
        {
            Say("it has no expression.");
            return faults;
        }

        var tokens = Token().Matches(dax).ToList();
        var variables = tokens.Zip(tokens.Skip(1)).Where(pair => pair.First.Value == "VAR").Select(pair => pair.Second.Value).ToList();
        var open = new Stack<char>();
        for (var i = 0; i < tokens.Count; i++)
        {
            var (token, next) = (tokens[i], i + 1 < tokens.Count ? tokens[i + 1].Value : "");
            if (token.Groups["other"].Success)
                Say($"'{token.Value}' is no DAX.");
            else if (token.Value is "(" or "{")
                open.Push(token.Value[0]);
            else if (token.Value is ")" or "}")
            {
                if (!open.TryPop(out var opened) || opened != (token.Value == ")" ? '(' : '{'))
                    Say($"'{token.Value}' closes nothing.");
            }
            else if (token.Groups["table"].Success)
                Table(model, TmdlParser.Unquoted(token.Value), next, Say);
            else if (token.Groups["column"].Success)
            {
                if (i == 0 || !tokens[i - 1].Groups["table"].Success)
                    Alone(model, row, token.Value[1..^1], Say);
            }
            else if (token.Groups["word"].Success && !variables.Contains(token.Value) && !(next == "(" ? Functions : Words).Contains(token.Value)
                && !Words.Contains(token.Value))
                Say(next == "(" ? $"the function {token.Value} is not one we know." : $"there is no variable {token.Value}.");
        }

        if (open.Count > 0)
            Say($"'{open.Peek()}' is not closed.");
        return faults;
    }

    private static void Table(ModelFiles model, string name, string next, Action<string> say)
    {
        if (model.Table(name) is not { } table)
            say($"there is no table '{name}'.");
        else if (next.StartsWith('[') && !table.Of("column").Any(column => column.Name == next[1..^1]))
            say($"'{name}' has no column {next}.");
    }

    private static void Alone(ModelFiles model, TmdlNode? row, string name, Action<string> say)
    {
        if (!model.Measures.Any(measure => measure.Name == name) && row?.Of("column").Any(column => column.Name == name) != true)
            say($"there is no measure [{name}].");
    }

    [GeneratedRegex("""(?<text>"([^"]|"")*")|(?<table>'([^']|'')+')|(?<column>\[[^\]]*\])|(?<number>\d+(\.\d+)?)|(?<word>[A-Za-z_][A-Za-z0-9_.]*)|(?<sign>&&|\|\||<>|<=|>=|[(){},+\-*/&=<>])|(?<other>\S)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
