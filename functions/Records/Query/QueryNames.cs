using FriendCity.Records.Query.Filters;

namespace FriendCity.Records.Query;

/// <summary>The names of <c>$select</c> and <c>$orderby</c>: a list with commas.</summary>
internal static class QueryNames
{
    public static IEnumerable<(string Text, int At)> Split(string parameter, string text)
    {
        var start = 0;
        foreach (var part in text.Split(','))
        {
            var trimmed = part.Trim(' ');
            var at = start + 1 + (part.Length - part.TrimStart(' ').Length);
            yield return trimmed.Length > 0 ? (trimmed, at) : throw Unknown(parameter, at, "");
            start += part.Length + 1;
        }
    }

    public static QueryException Unknown(string parameter, int at, string name) => name.Length == 0
        ? new(parameter, at, new("a field's name", "字段名"))
        : new(parameter, at, new($"a declared field; there is no '{name}'", $"已声明的字段；没有“{name}”"));
}
