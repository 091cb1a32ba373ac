using System.Collections.Frozen;

namespace FriendCity.Records.Query.Filters;

/// <summary>
/// What people write in a filter who have SQL, a spreadsheet or another language in mind: the answer names what to write here instead.
/// </summary>
internal static class ForeignSyntax
{
    /// <summary>Longer signs first.</summary>
    private static readonly (string Sign, string Word)[] Signs =
    [
        ("==", "eq"), ("!=", "ne"), ("<>", "ne"), ("<=", "le"), (">=", "ge"), ("&&", "and"), ("||", "or"),
        ("=", "eq"), ("<", "lt"), (">", "gt"), ("!", "not"),
        ("＝", "eq"), ("≠", "ne"), ("≤", "le"), ("≥", "ge"), ("＜", "lt"), ("＞", "gt"),
    ];

    /// <summary>What closes a quote; other quotes than straight single ones are none.</summary>
    private static readonly FrozenDictionary<char, char> Quotes = Pairs("\"\"“”‘’””’’＂＂＇＇``「」");

    private static readonly FrozenDictionary<char, char> Wide = Pairs("（(）)，,：:／/");

    /// <summary>The fault with its cure; null when nothing is known of what stands there.</summary>
    public static QueryException? At(string text, int start)
    {
        var position = new TextPosition(start + 1);
        if (Quotes.TryGetValue(text[start], out var closing))
        {
            var end = text.IndexOf(closing, start + 1);
            var inside = end < 0 ? text[(start + 1)..].Split(' ')[0] : text[(start + 1)..end];
            var quoted = $"'{Short(inside).Replace("'", "''", StringComparison.Ordinal)}'";
            return QueryException.Filter(position, $"text in single quotes; write {quoted}", $"单引号括起的文本，请写作 {quoted}");
        }

        foreach (var (sign, word) in Signs)
            if (string.CompareOrdinal(text, start, sign, 0, sign.Length) == 0)
                return QueryException.Filter(position, $"a word and not {sign}; write {word}", $"运算词而不是“{sign}”，请写作 {word}");
        return Wide.TryGetValue(text[start], out var narrow)
            ? QueryException.Filter(position, $"'{narrow}' and not its full-width form", $"半角的“{narrow}”")
            : null;
    }

    private static FrozenDictionary<char, char> Pairs(string text) => text.Chunk(2).ToFrozenDictionary(pair => pair[0], pair => pair[1]);

    private static string Short(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}
