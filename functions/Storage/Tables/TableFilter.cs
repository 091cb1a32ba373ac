using System.Globalization;

namespace FriendCity.Storage.Tables;

/// <summary>
/// The text of a query's filter. It is made from an interpolated string whose holes are quoted here, and in no other way:
/// a value can therefore never become part of the filter's grammar.
/// </summary>
internal readonly record struct TableFilter
{
    private TableFilter(string text) => Text = text;

    public string Text { get; }

    public static TableFilter Create(FormattableString filter) =>
        new(string.Format(CultureInfo.InvariantCulture, filter.Format, [.. filter.GetArguments().Select(Literal)]));

    /// <summary>Null when the range has no bound.</summary>
    public static TableFilter? For(TableRange range)
    {
        if (range.After is { } start)
        {
            if (range.Partition is not null || range.From is not null || range.Before is not null)
                throw new ArgumentException("After is used without the other bounds.", nameof(range));
            var (partition, row) = (Key(start.PartitionKey), Key(start.RowKey));
            return Create($"PartitionKey gt {partition} or (PartitionKey eq {partition} and RowKey ge {row})");
        }

        TableFilter? filter = null;
        if (range.Partition is not null)
            filter = Create($"PartitionKey eq {Key(range.Partition)}");
        if (range.From is not null)
            filter = And(filter, Create($"RowKey ge {Key(range.From)}"));
        if (range.Before is not null)
            filter = And(filter, Create($"RowKey lt {Key(range.Before)}"));
        return filter;

        static TableFilter And(TableFilter? left, TableFilter right) => left is null ? right : Create($"{left} and {right}");
        static string Key(string key) => TableKeys.Check(key, nameof(range));
    }

    private static string Literal(object? value) => value switch
    {
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        double number when double.IsFinite(number) => Double(number),
        DateTimeOffset instant => $"datetime'{Edm.Text(instant)}'",
        Guid guid => $"guid'{guid:D}'",
        byte[] bytes => $"X'{Convert.ToHexString(bytes)}'",
        TableFilter filter => $"({filter.Text})",
        _ => throw new ArgumentException($"A filter has no literal for {value ?? "null"}.", nameof(value)),
    };

    private static string Double(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        // Without a point the service reads an integer, and integers never equal doubles.
        return text.AsSpan().ContainsAny(".E") ? text : text + ".0";
    }
}
