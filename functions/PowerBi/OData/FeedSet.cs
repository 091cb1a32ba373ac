using System.Text.Json;
using FriendCity.Records;

namespace FriendCity.PowerBi.OData;

/// <summary>An entity set: rows that are all of one record type, or of the type made of a list's entries.</summary>
/// <param name="name">PascalCase, ASCII.</param>
/// <param name="rows">The rows in a view.</param>
internal sealed class FeedSet(string name, RecordType type, Func<View, RecordSet> rows)
{
    public string Name => name;

    public RecordType Type => type;

    /// <summary>In the order of the metadata.</summary>
    public IReadOnlyList<FeedProperty> Properties { get; } =
    [
        new("Id", "text", true, new("Key", "编号"), null, (writer, row) => writer.WriteStringValue(row.Id)),
        .. type.Members.Where(field => field.Entries is null).Select(field => new FeedProperty(field.Column, field.KindName, field.Required, field.Label, field.Codes, field.WriteValue)),
        new("Version", "integer", true, new("Version of the record", "记录版本"), null, (writer, row) => writer.WriteNumberValue(row.Version)),
        new("ChangedAt", "instant", true, new("When this version was written", "该版本写入时间"), null, WriteChangedAt),
        new("Actor", "text", true, new("Who wrote this version", "该版本写入者"), null, (writer, row) => writer.WriteStringValue(row.Actor)),
    ];

    public RecordSet In(View view) => rows(view);

    /// <summary>The set of a record type, then one for each list of entries in it: a table has no lists of tables.</summary>
    public static IEnumerable<FeedSet> Of(RecordType type)
    {
        var name = string.Concat(type.Name.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        return type.Members.Where(field => field.Entries is not null).Select(field => OfEntries(type, name, field)).Prepend(new(name, type, view => view.Of(type.Name)));
    }

    private static FeedSet OfEntries(RecordType type, string plural, Field field)
    {
        var singular = plural.EndsWith("ies", StringComparison.Ordinal) ? $"{plural[..^3]}y" : plural[..^1];
        // The field's name is clear by itself, and what the office calls it.
        var name = field.Name == "scoStatus" ? field.Column : singular + field.Column;
        var label = new Text($"{field.Label.En} in {type.Label.En}", $"{type.Label.Zh}的{field.Label.Zh}");
        var entries = field.Entries!;
        var rows = new EntryRows(entries, entries.Type(name, label, type, $"{FeedProperty.Member(singular)}Id"));
        return new(name, rows.Type, view => rows.Of(view.Of(type.Name)));
    }

    private static void WriteChangedAt(Utf8JsonWriter writer, Record row)
    {
        Span<char> text = stackalloc char[Scales.InstantPattern.Length];
        row.ChangedAt.UtcDateTime.TryFormat(text, out _, Scales.InstantPattern, System.Globalization.CultureInfo.InvariantCulture);
        writer.WriteStringValue(text);
    }
}

/// <param name="Kind">What the records call it: text, date, decimal and so on.</param>
/// <param name="Required">Never null.</param>
/// <param name="Codes">All values there can be; null when any.</param>
internal sealed record FeedProperty(string Name, string Kind, bool Required, Text Label, IReadOnlyList<string>? Codes, Action<Utf8JsonWriter, Record> Write)
{
    public JsonEncodedText Encoded { get; } = JsonEncodedText.Encode(Name);

    /// <summary>The name that filters and orders of the records know.</summary>
    public static string Member(string property) => char.ToLowerInvariant(property[0]) + property[1..];
}
