using System.Globalization;

namespace FriendCity.Http;

/// <summary>Query parameters: none is ignored. A name that the address does not take, or takes once, is refused.</summary>
internal static class Parameters
{
    /// <summary>The access key may stand in <c>code</c> at every address.</summary>
    public const string Code = "code";

    public static Problem? Check(HttpRequest request, params string[] names)
    {
        foreach (var (name, values) in request.Query)
        {
            if (name == Code)
                continue;
            if (!names.Contains(name))
                return Problems.Parameter(name, names.Length == 0 ? "this address takes no parameters." : $"this address takes {string.Join(", ", names)}.",
                    names.Length == 0 ? "该地址不接受参数。" : $"该地址接受的参数:{string.Join("、", names)}。");
            if (values.Count > 1)
                return Problems.Parameter(name, "give it once.", "只能出现一次。");
        }

        return null;
    }

    /// <summary>Null for an absent parameter and for an empty one, as hosts add <c>=</c> to bare names.</summary>
    public static string? Text(HttpRequest request, string name) => request.Query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;

    public static (int Value, Problem? Problem) Integer(HttpRequest request, string name, int standard, int min, int max)
    {
        if (Text(request, name) is not { } text)
            return (standard, null);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? (value, null)
            : (standard, Problems.Parameter(name, $"a whole number from {min} to {max}.", $"应为 {min} 至 {max} 的整数。"));
    }
}
