using System.Globalization;
using System.Text.Json;
using FriendCity.Messages;
using FriendCity.Records.Schemas;
using FriendCity.Serialization;

namespace FriendCity.Records.Query.Filters;

/// <summary>How values of one kind are compared with each other and with literals. Null comes first.</summary>
/// <param name="parse">What a literal is compared as; null when it is no such value.</param>
internal sealed class ValueComparer<V>(LiteralKind literals, Text expected, Func<string, Comparand<V>?> parse, Func<V, string> format,
    IComparer<V>? comparer = null)
{
    private readonly IComparer<V> _comparer = comparer ?? Comparer<V>.Default;

    public Text Expected => expected;

    public int Compare(V left, V right) => _comparer.Compare(left, right);

    /// <summary>Where a value lies, seen from a literal that may lie between two values.</summary>
    public int Compare(V left, Comparand<V> right) => _comparer.Compare(left, right.Value) is not 0 and var order ? order : -right.Side;

    /// <summary>As a comparison that gives 0, and faster: no scale tells values apart that are equal, or takes different ones for the same.</summary>
    public bool Same(V left, V right) => EqualityComparer<V>.Default.Equals(left, right);

    public Comparand<V> Parse(Literal literal)
    {
        if (literal.Kind == LiteralKind.Null)
            return default;
        // Power Query and Excel write a day as its midnight.
        return (literal.Kind == literals || (literals == LiteralKind.Date && literal.Kind == LiteralKind.Instant)) && parse(literal.Text) is { } value
            ? value : throw QueryException.Filter(literal.Position, expected.En, expected.Zh);
    }

    /// <summary>A value as text that <see cref="TryParseKey"/> reads back to the same value.</summary>
    public string? Key(V value) => value is null ? null : format(value);

    public bool TryParseKey(string? key, out V value)
    {
        var read = key is null ? default(Comparand<V>) : parse(key);
        value = read is { } known ? known.Value : default!;
        return read is { IsExact: true };
    }
}

internal static class ValueComparers
{
    /// <summary>Instants as the registry shows them, hence to the millisecond.</summary>
    private const string InstantPattern = "yyyy-MM-ddTHH:mm:ss.fffZ";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Text, codes and ids: ordinal.</summary>
    public static readonly ValueComparer<string?> Text = new(LiteralKind.Text, new("text in single quotes", "单引号括起的文本"),
        text => new(text, 0), value => value!, StringComparer.Ordinal);

    public static readonly ValueComparer<long?> Integer = new(LiteralKind.Number, new("a number", "数字"),
        text => Numeral.TryParse(text, out var number) ? number.ToInteger() : null, value => value!.Value.ToString(Invariant));

    public static readonly ValueComparer<double?> Ratio = new(LiteralKind.Number, new("a number", "数字"),
        text => Numeral.TryParse(text, out var number) ? number.ToDouble() : null, value => value!.Value.ToString("R", Invariant));

    public static readonly ValueComparer<decimal?> Money = new(LiteralKind.Number, new("a number", "数字"),
        text => Numeral.TryParse(text, out var number) ? number.ToDecimal() : null, value => value!.Value.ToString(Invariant));

    public static readonly ValueComparer<DateOnly?> Date = new(LiteralKind.Date,
        new("a date such as 2024-01-31, without quotes", "日期，例如 2024-01-31，不加引号"),
        Day, value => value!.Value.ToString(DateFieldType.Pattern, Invariant));

    public static readonly ValueComparer<bool?> Flag = new(LiteralKind.Flag, new("true or false", "true 或 false"),
        text => text switch { "true" => new(true, 0), "false" => new(false, 0), _ => null }, value => value!.Value ? "true" : "false");

    public static readonly ValueComparer<DateTimeOffset?> Instant = new(LiteralKind.Instant,
        new("an instant such as 2024-01-31T08:00:00Z, without quotes", "时刻，例如 2024-01-31T08:00:00Z，不加引号"),
        text => Instants.Parse(text) is { } at ? new(at.Value, at.Side) : null, value =>
            value!.Value.UtcDateTime.ToString(InstantPattern, Invariant));

    /// <summary>
    /// A day, or an instant seen from days: the day that is written in it, since a day has no zone and Power Query adds the reader's to the day
    /// that the reader chose. Later than midnight lies after that day and before the next.
    /// </summary>
    private static Comparand<DateOnly?>? Day(string text)
    {
        if (DateFieldType.TryParse(text, out var day))
            return new(day, 0);
        if (Instants.Parse(text) is null || !DateFieldType.TryParse(text.AsSpan(0, DateFieldType.Pattern.Length), out day))
            return null;
        var time = text.AsSpan(DateFieldType.Pattern.Length + 1);
        return new(day, time[..time.IndexOfAny("Zz+-")].IndexOfAnyInRange('1', '9') < 0 ? 0 : 1);
    }

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
}
