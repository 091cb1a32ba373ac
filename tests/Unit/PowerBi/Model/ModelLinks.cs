using System.Text.RegularExpressions;

namespace FriendCity.Tests.Unit.PowerBi.Model;

/// <summary>What objects say of each other: relationships, sort orders, levels, permissions.</summary>
internal static partial class ModelLinks
{
    public static IEnumerable<string> Faults(ModelFiles model) =>
    [
        .. model.Relationships.SelectMany(relationship => Ends(model, relationship)),
        .. Ambiguous(model),
        .. model.Tables.SelectMany(table => table.Of("column").Where(column => column["sortByColumn"] is not null)
            .SelectMany(column => Sorted(model, table, column))),
        .. model.Tables.SelectMany(table => table.Of("hierarchy").SelectMany(each => each.Of("level"))
            .Where(level => model.Column(table.Name, TmdlParser.Unquoted(level["column"] ?? "")) is null)
            .Select(level => $"{level.Place}: {table.Name} has no column {level["column"]} for the level {level.Name}.")),
        .. model.Objects.Where(node => node.Kind == "role").SelectMany(role => role.Of("tablePermission"))
            .Where(each => model.Table(each.Name) is null).Select(each => $"{each.Place}: there is no table {each.Name}."),
        .. model.Table("Date") is { } date && date["dataCategory"] == "Time" && date.Of("column")
            .SingleOrDefault(column => column.Is("isKey"))?["dataType"] == "dateTime"
            ? [] : (IEnumerable<string>)["tables/Date.tmdl: the date table needs dataCategory Time and a key of dates."],
    ];

    private static IEnumerable<string> Ends(ModelFiles model, TmdlNode relationship)
    {
        var (from, to) = (End(model, relationship["fromColumn"]), End(model, relationship["toColumn"]));
        if (from is null || to is null)
            return [$"{relationship.Place}: {(from is null ? relationship["fromColumn"] : relationship["toColumn"])} is no column."];
        return
        [
            .. from["dataType"] == to["dataType"]
                ? [] : (IEnumerable<string>)[$"{relationship.Place}: {from.Name} is {from["dataType"]} and {to.Name} is {to["dataType"]}."],
            .. to.Is("isKey") ? [] : (IEnumerable<string>)[$"{relationship.Place}: {to.Name} is not its table's key."],
        ];
    }

    /// <summary>Filters flow from the one to the many; two ways from a table to another are refused by Power BI.</summary>
    private static IEnumerable<string> Ambiguous(ModelFiles model)
    {
        var ways = model.Relationships.Where(each => each["isActive"] is null)
            .ToLookup(each => Parts(each["toColumn"]).Table, each => Parts(each["fromColumn"]).Table);
        return model.Tables.SelectMany(table => Reached(ways, table.Name, 0).GroupBy(name => name).Where(group => group.Count() > 1)
            .Select(group => $"relationships.tmdl: two active ways lead from {table.Name} to {group.Key}."));
    }

    private static IEnumerable<string> Reached(ILookup<string, string> ways, string table, int depth) =>
        depth > 10 ? [] : ways[table].SelectMany(next => Reached(ways, next, depth + 1).Prepend(next));

    private static IEnumerable<string> Sorted(ModelFiles model, TmdlNode table, TmdlNode column)
    {
        var by = model.Column(table.Name, TmdlParser.Unquoted(column["sortByColumn"]!));
        return by is null || by == column ? [$"{column.Place}: {column.Name} cannot be sorted by {column["sortByColumn"]}."] : [];
    }

    private static TmdlNode? End(ModelFiles model, string? end)
    {
        var (table, column) = Parts(end);
        return model.Column(table, column);
    }

    public static (string Table, string Column) Parts(string? end)
    {
        var match = TwoNames().Match(end ?? "");
        return (TmdlParser.Unquoted(match.Groups["table"].Value), TmdlParser.Unquoted(match.Groups["column"].Value));
    }

    [GeneratedRegex(@"^(?<table>'([^']|'')+'|[^\s'.]+)\.(?<column>'([^']|'')+'|[^\s'.]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TwoNames();
}
