using System.Globalization;
using System.Text.Json;
using FriendCity.Records.Schemas;

namespace FriendCity.Snapshots.Contracts;

/// <summary>Cells as text and as JSON: invariant, ISO dates, numbers in the shortest form that reads back the same.</summary>
internal static class Cells
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string Format(object cell) => cell switch
    {
        string text => text,
        DateOnly date => date.ToString(DateFieldType.Plain, Invariant),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, Invariant),
        _ => throw new ArgumentException($"A {cell.GetType().Name} is no cell.", nameof(cell)),
    };

    /// <exception cref="FormatException">The text is no such cell.</exception>
    public static object Parse(ColumnType type, string text) => type switch
    {
        ColumnType.Text => text,
        ColumnType.Date => DateFieldType.TryParse(text, out var date) ? date : throw new FormatException($"'{text}' is not a date."),
        ColumnType.Integer => long.Parse(text, NumberStyles.AllowLeadingSign, Invariant),
        ColumnType.Number => double.Parse(text, NumberStyles.Float, Invariant),
        ColumnType.Decimal => decimal.Parse(text, NumberStyles.Number, Invariant),
        ColumnType.Flag => text == "true" || (text == "false" ? false : throw new FormatException($"'{text}' is not a flag.")),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown type of column."),
    };

    /// <exception cref="FormatException">The text is no day.</exception>
    public static DateOnly ParseDay(string text) => (DateOnly)Parse(ColumnType.Date, text);

    public static void Write(Utf8JsonWriter writer, object? cell)
    {
        switch (cell)
        {
            case null:
                writer.WriteNullValue();
                break;
            case long integer:
                writer.WriteNumberValue(integer);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case decimal amount:
                writer.WriteNumberValue(amount);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            default:
                writer.WriteStringValue(Format(cell));
                break;
        }
    }
}
