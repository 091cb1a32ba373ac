using System.Globalization;
using System.Text.Json;

namespace FriendCity.Records;

/// <summary>How values of one kind are compared with each other and with literals. Null comes first.</summary>
/// <param name="parse">Null when the text is no such value.</param>
internal sealed class Scale<V>(LiteralKind literals, Text expected, Func<string, V> parse, Func<V, string> format, IComparer<V>? comparer = null)
{
    private readonly IComparer<V> _comparer = comparer ?? Comparer<V>.Default;

    public Text Expected => expected;

    public int Compare(V left, V right) => _comparer.Compare(left, right);

    /// <summary>As <see cref="Compare"/> of 0, and faster: no scale tells values apart that are equal, or takes different ones for the same.</summary>
    public bool Same(V left, V right) => EqualityComparer<V>.Default.Equals(left, right);

    public V Parse(Literal literal)
    {
        if (literal.Kind == LiteralKind.Null)
            return default!;
        return literal.Kind == literals && parse(literal.Text) is { } value ? value : throw QueryException.Filter(literal.Place, expected.En, expected.Zh);
    }

    /// <summary>A value as text that <see cref="TryParseKey"/> reads back to the same value.</summary>
    public string? Key(V value) => value is null ? null : format(value);

    public bool TryParseKey(string? key, out V value)
    {
        value = key is null ? default! : parse(key);
        return key is null || value is not null;
    }
}

internal static class Scales
{
    /// <summary>Instants as the registry shows them, hence to the millisecond.</summary>
    private const string InstantPattern = "yyyy-MM-ddTHH:mm:ss.fffZ";

    private static readonly string[] InstantPatterns = ["yyyy-MM-ddTHH:mmzzz", "yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz"];

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Text, codes and ids: ordinal.</summary>
    public static readonly Scale<string?> Text = new(LiteralKind.Text, new("text in single quotes", "单引号括起的文本"), text => text, value => value!, StringComparer.Ordinal);

    public static readonly Scale<long?> Integer = new(LiteralKind.Number, new("a whole number", "整数"),
        text => long.TryParse(text, NumberStyles.AllowLeadingSign, Invariant, out var value) ? value : null, value => value!.Value.ToString(Invariant));

    public static readonly Scale<double?> Ratio = new(LiteralKind.Number, new("a number", "数字"),
        text => double.TryParse(text, NumberStyles.Float, Invariant, out var value) && double.IsFinite(value) ? value : null, value => value!.Value.ToString("R", Invariant));

    public static readonly Scale<decimal?> Money = new(LiteralKind.Number, new("a decimal number", "十进制数"),
        text => decimal.TryParse(text, NumberStyles.Float, Invariant, out var value) ? value : null, value => value!.Value.ToString(Invariant));

    public static readonly Scale<DateOnly?> Date = new(LiteralKind.Date, new("a date such as 2024-01-31, without quotes", "日期,例如 2024-01-31,不加引号"),
        text => DateKind.TryParse(text, out var value) ? value : null, value => value!.Value.ToString(DateKind.Pattern, Invariant));

    public static readonly Scale<bool?> Flag = new(LiteralKind.Flag, new("true or false", "true 或 false"),
        text => text switch { "true" => true, "false" => false, _ => null }, value => value!.Value ? "true" : "false");

    public static readonly Scale<DateTimeOffset?> Instant = new(LiteralKind.Instant, new("an instant such as 2024-01-31T08:00:00Z, without quotes", "时刻,例如 2024-01-31T08:00:00Z,不加引号"),
        ParseInstant, value => value!.Value.UtcDateTime.ToString(InstantPattern, Invariant));

    public static void Write(Utf8JsonWriter writer, string name, DateTimeOffset instant)
    {
        writer.WritePropertyName(name);
        Write(writer, instant);
    }

    public static void Write(Utf8JsonWriter writer, DateTimeOffset instant)
    {
        Span<char> text = stackalloc char[InstantPattern.Length];
        instant.UtcDateTime.TryFormat(text, out _, InstantPattern, Invariant);
        writer.WriteStringValue(text);
    }

    public static DateTimeOffset? ParseInstant(string text) =>
        DateTimeOffset.TryParseExact(text.EndsWith('Z') ? $"{text[..^1]}+00:00" : text, InstantPatterns, Invariant, DateTimeStyles.None, out var value) ? value : null;
}
