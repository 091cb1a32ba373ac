using System.Globalization;
using FriendCity.Http.Errors;

namespace FriendCity.Http;

/// <summary>Query parameters: none is ignored. A name that the address does not take, or takes once, is refused.</summary>
internal static class Parameters
{
    /// <summary>The access key may stand in <c>code</c> at every address.</summary>
    public const string Code = "code";

    /// <summary>
    /// Characters of a query as a link repeats it. The Functions host answers 414 to an address of more than 8 KB, so what is longer than this
    /// could be asked once and not continued: a link holds a cursor of up to 1.5 KB besides.
    /// </summary>
    public const int MaxQueryLength = 6 * 1024;

    /// <summary>Where a page begins is no part of the question.</summary>
    private static readonly string[] Places = ["cursor", "$skiptoken"];

    /// <exception cref="ProblemException">A parameter that the address does not take, or twice, or a query that is too long.</exception>
    public static void Check(HttpRequest request, params string[] names)
    {
        if (request.QueryString.Value is { Length: > MaxQueryLength / 3 } && Length(request) > MaxQueryLength)
            throw new ProblemException(new(Problems.BadParameter, new(
                $"The query has more than {MaxQueryLength} characters as an address writes them, so that its next page could not be asked for: ask a "
                    + $"shorter question.",
                $"查询按地址编码后超过 {MaxQueryLength} 个字符，无法请求下一页，请缩短查询。")));
        foreach (var (name, values) in request.Query)
        {
            if (name == Code)
                continue;
            if (!names.Contains(name))
                throw Wrong(name, names.Length == 0
                    ? "this address takes no parameters." : $"this address takes {string.Join(", ", names)}.",
                    names.Length == 0 ? "该地址不接受参数。" : $"该地址接受的参数：{string.Join("、", names)}。");
            if (values.Count > 1)
                throw Wrong(name, "give it once.", "只能出现一次。");
        }
    }

    private static int Length(HttpRequest request) =>
        request.Query.Where(each => each.Key != Code && !Places.Contains(each.Key))
            .Sum(each => each.Key.Length + Uri.EscapeDataString(each.Value.ToString()).Length + 2);

    /// <summary>Null for an absent parameter and for an empty one, as hosts add <c>=</c> to bare names.</summary>
    public static string? Text(HttpRequest request, string name) =>
        request.Query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;

    /// <exception cref="ProblemException">It is no whole number, or lies outside.</exception>
    public static int Integer(HttpRequest request, string name, int standard, int min, int max) =>
        Text(request, name) is not { } text ? standard
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? value
        : throw Wrong(name, $"a whole number from {min} to {max}.", $"应为 {min} 至 {max} 的整数。");

    /// <summary>One of some words; the first where the parameter is absent.</summary>
    /// <exception cref="ProblemException">It is none of them.</exception>
    public static string Choice(HttpRequest request, string name, params string[] words)
    {
        var text = Text(request, name) ?? words[0];
        return words.Contains(text) ? text : throw Wrong(name, $"{string.Join(" or ", words)}.", $"应为 {string.Join(" 或 ", words)}。");
    }

    /// <summary>The refusal of a parameter's value, to be thrown.</summary>
    public static ProblemException Wrong(string name, string en, string zh) => new(Problems.Parameter(name, en, zh));
}
