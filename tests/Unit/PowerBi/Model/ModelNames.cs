namespace FriendCity.Tests.Unit.PowerBi.Model;

/// <summary>Names: each once, listed where they must be, and files called as what they hold.</summary>
internal static class ModelNames
{
    public static IEnumerable<string> Faults(ModelFiles model) =>
    [
        .. Twice(model.Tables, "table"),
        .. Twice(model.Measures, "measure"),
        .. Twice(model.Expressions, "expression"),
        .. Twice(model.Relationships, "relationship"),
        .. model.Tables.SelectMany(table => Twice(table.Of("column").Concat(table.Of("measure")), $"column or measure of {table.Name}")),
        .. model.Tables.SelectMany(table => Twice(table.Of("column"), $"source column of {table.Name}", column => column["sourceColumn"] ?? "")),
        .. model.Expressions.Where(each => model.Table(each.Name) is not null)
            .Select(each => $"{each.Place}: a table has the name {each.Name} already."),
        .. Listed(model),
        .. model.Tables.Where(table => !table.Place.StartsWith($"tables/{table.Name}.tmdl(", StringComparison.Ordinal))
            .Select(table => $"{table.Place}: the file is not called as its table {table.Name}."),
        .. model.Tables.SelectMany(Order),
        .. model.Tables.Where(table => table.Of("partition").Select(each => each.Name).SingleOrDefault() != table.Name)
            .Select(table => $"{table.Place}: {table.Name} needs one partition of its name."),
    ];

    /// <summary>model.tmdl refers to every table, expression, role and culture, and to nothing else.</summary>
    private static IEnumerable<string> Listed(ModelFiles model)
    {
        var refs = model.Objects.Where(node => node.Kind == "ref").ToList();
        var there = model.Objects.Where(node => node.Kind is "table" or "expression" or "role" or "cultureInfo")
            .Select(node => $"{node.Kind} {node.Name}").ToList();
        return
        [
            .. refs.Where(each => !there.Contains(each.Name)).Select(each => $"{each.Place}: there is no {each.Name}."),
            .. there.Except(refs.Select(each => each.Name)).Select(name => $"model.tmdl: {name} is not referred to."),
            .. Twice(refs, "reference"),
        ];
    }

    /// <summary>Measures, then columns, hierarchies and the partition: the order that diffs stay small in.</summary>
    private static IEnumerable<string> Order(TmdlNode table)
    {
        string[] order = ["measure", "column", "hierarchy", "partition"];
        var kinds = table.Children.Select(child => Array.IndexOf(order, child.Kind)).ToList();
        return kinds.Zip(kinds.Skip(1)).Any(pair => pair.First > pair.Second)
            ? [$"{table.Place}: {table.Name} does not stand in the order {string.Join(", ", order)}."] : [];
    }

    private static IEnumerable<string> Twice(IEnumerable<TmdlNode> nodes, string what, Func<TmdlNode, string>? name = null) => nodes
        .GroupBy(node => (name ?? (each => each.Name))(node), StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
        .Select(group => $"{group.Last().Place}: the {what} '{group.Key}' is there twice.");
}
