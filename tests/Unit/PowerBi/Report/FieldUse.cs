using Newtonsoft.Json.Linq;

namespace FriendCity.Tests.Unit.PowerBi.Report;

/// <summary>A field that a visual, filter or page names: <c>Column</c> or <c>Measure</c>, its table and its name.</summary>
internal sealed record FieldUse(string Kind, string Table, string Name)
{
    /// <summary>All of them in a part of a file. Inside a filter a table is named by an alias of its own <c>From</c>.</summary>
    public static IEnumerable<FieldUse> In(JToken token) => In(token, []);

    private static IEnumerable<FieldUse> In(JToken token, Dictionary<string, string> aliases)
    {
        if (token is JObject part && part["From"] is JArray from)
            aliases = from.ToDictionary(source => (string)source["Name"]!, source => (string)source["Entity"]!);
        return token is JProperty { Name: "Column" or "Measure", Value: JObject field } use && field["Property"] is { } name
            ? [new FieldUse(use.Name, TableOf(field, aliases), (string)name!)]
            : token.Children().SelectMany(child => In(child, aliases));
    }

    private static string TableOf(JObject field, Dictionary<string, string> aliases)
    {
        var source = field.SelectToken("Expression.SourceRef");
        return (string?)source?["Entity"] ?? (source?["Source"] is { } alias
            ? aliases.GetValueOrDefault((string)alias!, $"alias {alias}") : "no table");
    }
}
