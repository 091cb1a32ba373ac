namespace FriendCity.Tests.Unit.PowerBi.Model;

/// <param name="Needed">Properties that must be there.</param>
/// <param name="Allowed">Properties that may.</param>
/// <param name="Inside">Kinds of objects that may stand in it.</param>
/// <param name="Described">Whether a reader is owed a description.</param>
internal sealed record TmdlShape(string[] Needed, string[] Allowed, string[] Inside, bool Described = false);

/// <summary>Which properties and objects our model's objects have: Power BI Desktop refuses a file with any other.</summary>
internal static class TmdlShapes
{
    private static readonly Dictionary<string, TmdlShape> Shapes = new()
    {
        ["database"] = new(["compatibilityLevel"], [], []),
        ["model"] = new(["culture", "defaultPowerBIDataSourceVersion", "discourageImplicitMeasures", "sourceQueryCulture"], [],
            ["dataAccessOptions"]),
        ["dataAccessOptions"] = new(["legacyRedirects", "returnErrorValuesAsNull"], [], []),
        ["annotation"] = new([], [], []),
        ["ref"] = new([], [], []),
        ["expression"] = new([], [], ["annotation"], Described: true),
        ["relationship"] = new(["fromColumn", "toColumn"], ["isActive"], []),
        ["role"] = new(["modelPermission"], [], ["tablePermission"], Described: true),
        ["tablePermission"] = new([], [], []),
        ["table"] = new([], ["isHidden", "dataCategory"], ["measure", "column", "hierarchy", "partition"], Described: true),
        ["measure"] = new(["displayFolder"], ["isHidden", "formatString"], ["formatStringDefinition"], Described: true),
        ["formatStringDefinition"] = new([], [], []),
        ["column"] = new(["dataType", "summarizeBy", "sourceColumn"], ["isKey", "isHidden", "formatString", "dataCategory", "sortByColumn"], [],
            Described: true),
        ["hierarchy"] = new([], [], ["level"], Described: true),
        ["level"] = new(["column"], [], []),
        ["partition"] = new(["mode", "source"], [], []),
    };

    private static readonly string[] Translated = ["caption", "description", "displayFolder"];

    private static readonly Dictionary<string, TmdlShape> Translations = new()
    {
        ["cultureInfo"] = new([], [], ["translations"]),
        ["translations"] = new([], [], ["model"]),
        ["model"] = new([], [], ["table"]),
        ["table"] = new([], Translated, ["measure", "column", "hierarchy"]),
        ["measure"] = new([], Translated, []),
        ["column"] = new([], Translated, []),
        ["hierarchy"] = new([], Translated, ["level"]),
        ["level"] = new([], Translated, []),
    };

    /// <summary>Values that a property can have, where there are only some.</summary>
    private static readonly Dictionary<string, string[]> Values = new()
    {
        ["dataType"] = ["string", "dateTime", "int64", "double", "boolean"],
        ["summarizeBy"] = ["none"],
        ["dataCategory"] = ["Time", "City", "Country", "Latitude", "Longitude"],
        ["mode"] = ["import"],
        ["isActive"] = ["false"],
        ["modelPermission"] = ["read"],
    };

    public static IEnumerable<string> Faults(TmdlNode node) => Faults(node, node.Kind == "cultureInfo" ? Translations : Shapes);

    private static IEnumerable<string> Faults(TmdlNode node, Dictionary<string, TmdlShape> shapes)
    {
        if (!shapes.TryGetValue(node.Kind, out var shape))
            return [$"{node.Place}: there is no object '{node.Kind}'."];
        return
        [
            .. shape.Needed.Where(name => node[name] is null).Select(name => $"{node.Place}: {node.Kind} '{node.Name}' has no {name}."),
            .. node.Properties.Keys.Where(name => !shape.Needed.Contains(name) && !shape.Allowed.Contains(name))
                .Select(name => $"{node.Place}: {node.Kind} '{node.Name}' can have no {name}."),
            .. node.Properties.Where(each => Values.TryGetValue(each.Key, out var values) && !values.Contains(each.Value))
                .Select(each => $"{node.Place}: {each.Key} cannot be '{each.Value}'."),
            .. node.Children.Where(child => !shape.Inside.Contains(child.Kind))
                .Select(child => $"{child.Place}: {child.Kind} cannot stand in {node.Kind}."),
            .. node.Kind == "measure" && shapes == Shapes && (node["formatString"] is null ? 0 : 1) + node.Of("formatStringDefinition").Count() != 1
                ? [$"{node.Place}: measure '{node.Name}' has no formatString, or two."] : (IEnumerable<string>)[],
            .. shape.Described && string.IsNullOrWhiteSpace(node.Description)
                ? [$"{node.Place}: {node.Kind} '{node.Name}' has no description."] : (IEnumerable<string>)[],
            .. node.Children.Where(child => shape.Inside.Contains(child.Kind)).SelectMany(child => Faults(child, shapes)),
        ];
    }
}
