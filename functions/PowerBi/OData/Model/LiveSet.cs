using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Query.Filters;
using FriendCity.Records.Schemas;

namespace FriendCity.PowerBi.OData.Model;

/// <summary>A set of rows that are records, or made of them, as they are now.</summary>
/// <param name="rows">The rows in a view.</param>
/// <param name="madeOf">The record types on which the rows depend.</param>
internal sealed class LiveSet(string name, RecordType type, Func<RegistrySnapshot, RecordSet> rows, params IReadOnlyList<string> madeOf)
    : FeedSet(name, type, PropertiesOf(type), [Id])
{
    public IReadOnlyList<string> SourceTypes => madeOf;

    /// <summary>True when a row that was deleted is told from one that never was.</summary>
    public bool Remembers { get; init; } = true;

    /// <summary>What the rows depend on besides records, such as the day; null when on nothing.</summary>
    public string? Besides { get; init; }

    /// <summary>Makes the set of a view, where values of other records stand in the rows; null where a row is all in itself.</summary>
    public Func<RegistrySnapshot, LiveSet>? Joined { get; init; }

    public LiveSet At(RegistrySnapshot registry) => Joined?.Invoke(registry) ?? this;

    public RecordSet In(RegistrySnapshot registry) => rows(registry);

    public override string IdOf(IReadOnlyDictionary<string, object> key) => (string)key[Id];

    /// <summary>The set of a record type, then one for each list of entries in it: a table has no lists of tables.</summary>
    public static IEnumerable<LiveSet> Of(RecordType type)
    {
        var name = string.Concat(type.Name.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
        return type.Members.Where(field => field.Entries is not null).Select(field => OfEntries(type, name, field))
            .Prepend(new(name, type.WithLabels(), registry => registry.Of(type.Name), type.Name));
    }

    private static LiveSet OfEntries(RecordType type, string plural, Field field)
    {
        var singular = plural.EndsWith("ies", StringComparison.Ordinal) ? $"{plural[..^3]}y" : plural[..^1];
        // The field's name is clear by itself, and what the office calls it.
        var name = field.Name == "scoStatus" ? field.Column : singular + field.Column;
        var label = new Text($"{field.Label.En} in {type.Label.En}", $"{type.Label.Zh}的{field.Label.Zh}");
        var entries = field.Entries!;
        var rows = new EntryRows(entries, entries.Type(name, label, type, $"{FeedProperty.Member(singular)}Id").WithLabels());
        return new(name, rows.Type, registry => rows.Of(registry.Of(type.Name)), type.Name) { Remembers = false };
    }

    private static IReadOnlyList<FeedProperty> PropertiesOf(RecordType type) =>
    [
        new(Id, "text", true, new("Key", "编号"), null, (writer, row) => writer.WriteStringValue(row.Id)),
        .. type.Members.Where(field => field.Entries is null).Select(Property),
        new("Version", "integer", true, new("Version of the record", "记录版本"), null, (writer, row) => writer.WriteNumberValue(row.Version)),
        new("ChangedAt", "instant", true, new("When this version was written", "该版本写入时间"), null,
            (writer, row) => ValueComparers.Write(writer, row.ChangedAt)),
        new("Actor", "text", true, new("Who wrote this version", "该版本写入者"), null, (writer, row) => writer.WriteStringValue(row.Actor)),
    ];
}
