using System.Text.Json;
using FriendCity.Messages;
using FriendCity.Records.Query;
using FriendCity.Records.Query.Filters;
using FriendCity.Records.Schemas;
using Newtonsoft.Json.Linq;

namespace FriendCity.Records;

/// <summary>
/// A record type, described once: its name, fields and rules. Storage columns, REST, validation, files and dictionaries follow from it.
/// </summary>
/// <param name="name">The plural on the wire, lower-case with hyphens, such as <c>exchange-rates</c>.</param>
public abstract class RecordType(string name, Text label)
{
    private Field?[]? _names;

    /// <summary>The name in addresses: <c>api/v1/{name}</c>.</summary>
    public string Name => name;

    /// <summary>The table's name: letters only, as storage wants it.</summary>
    internal string Table { get; } = name.Replace("-", "", StringComparison.Ordinal);

    public Text Label => label;

    /// <summary>What one record is called in programs, such as <c>Project</c>.</summary>
    internal abstract string EntityName { get; }

    internal abstract RecordSet EmptySet { get; }

    /// <summary>The same type with what its codes are called behind its fields: of rows to be read, never written.</summary>
    internal abstract RecordType WithLabels();

    /// <summary>Reads the fields of a record from JSON into a new record without id or version.</summary>
    internal abstract Record Read(JObject json, ValidationContext validation);

    /// <summary>Checks the type's own rules; references are checked apart.</summary>
    /// <param name="current">The live record that <paramref name="record"/> is to replace: rules of form are asked of what changes.</param>
    internal abstract void Check(Record record, Record? current, RegistrySnapshot registry, ValidationContext validation);

    /// <summary>The rules of form alone, asked of a record as it is stored.</summary>
    internal abstract void CheckForm(Record record, RegistrySnapshot registry, ValidationContext validation);

    /// <summary>Other live records that have a key of the type in common with this one.</summary>
    /// <param name="current">The live record that <paramref name="record"/> is to replace.</param>
    internal abstract IEnumerable<Duplicate> Duplicates(Record record, Record? current, RegistrySnapshot registry);

    /// <summary>Among these records all that have a key in common.</summary>
    internal abstract IEnumerable<DuplicateGroup> Alike(IEnumerable<Record> records);

    /// <summary>True where two records may be alike because the world has such things twice.</summary>
    internal abstract bool TakesDuplicates { get; }

    /// <summary>The record types that records of this one can refer to.</summary>
    internal abstract IReadOnlySet<string> Targets { get; }

    /// <summary>The fields in which two records differ.</summary>
    internal abstract IEnumerable<Field> Changed(Record left, Record right);

    internal abstract void WriteFields(Utf8JsonWriter writer, Record record);

    internal abstract bool SameFields(Record left, Record right);

    internal abstract IEnumerable<Reference> References(Record record);

    /// <summary>The dates that the record names or implies and that lie outside <see cref="Days"/>' bounds.</summary>
    internal abstract IEnumerable<ImplausibleDate> Implausible(Record record);

    /// <summary>The fields in the order in which they are written.</summary>
    internal abstract IReadOnlyList<Field> Members { get; }

    /// <summary>A record's name or title in both languages; null where records of the type have none.</summary>
    internal (string? En, string? Zh) NameOf(Record record)
    {
        _names ??= [Named("nameEn", "titleEn"), Named("nameZh", "titleZh")];
        return (_names[0]?.Cell(record), _names[1]?.Cell(record));

        Field? Named(string name, string title) => Members.FirstOrDefault(field => field.Name == name || field.Name == title);
    }

    /// <summary>The list of entries of that exact name; null when there is none.</summary>
    internal Field? EntryList(string list) =>
        Members.FirstOrDefault(field => field.Name == list && field.Domain is ValueDomain.List { Item: ValueDomain.Entry });

    /// <summary>Compiles a list query; throws <see cref="QueryException"/> when it cannot be understood.</summary>
    internal ListQuery Query(QueryText text) => Query(text, text.Filter is null ? null : FilterParser.Parse(text.Filter));

    /// <summary>Compiles a list query whose filter is a tree already, whatever text it was made of.</summary>
    internal abstract ListQuery Query(QueryText text, Filter? filter);

    internal abstract Dictionary<string, object> ToColumns(Record record);

    /// <summary>Throws <see cref="FormatException"/> naming the column that cannot be read.</summary>
    internal abstract Record FromColumns(IReadOnlyDictionary<string, object> columns);
}

/// <summary>A rule over a whole record: refuses what is wrong, with the place.</summary>
internal delegate void Rule<in T>(T record, RegistrySnapshot registry, ValidationContext validation);

internal sealed class RecordType<T>(string name, Text label, Schema<T> schema, params Rule<T>[] rules) : RecordType(name, label)
    where T : Record
{
    public RecordType(string name, Text label, Func<T> create, IReadOnlyList<Field<T>> fields, params Rule<T>[] rules)
        : this(name, label, new Schema<T>(create, fields), rules)
    {
    }

    private readonly HashSet<string> _targets = [.. schema.Fields.SelectMany(field => field.Targets)];

    public Schema<T> Schema => schema;

    /// <summary>
    /// A date that follows from a record's fields without standing in one, such as the end of a term, and the field that leads to it.
    /// </summary>
    public Func<T, (string Field, DateOnly? Day)>? Implied { get; init; }
    /// <summary>What no two records have alike.</summary>
    public IReadOnlyList<UniqueKey<T>> Keys { get; init; } = [];

    /// <summary>How codes and the like are written.</summary>
    public IReadOnlyList<FormRule<T>> Forms { get; init; } = [];

    internal override string EntityName => typeof(T).Name;

    internal override RecordSet EmptySet => RecordSet<T>.Empty;

    internal override RecordType WithLabels() => new RecordType<T>(Name, Label,
        new Schema<T>(Schema.Create, [.. Schema.Fields, .. Schema.Fields.SelectMany(field => field.Labels)], evidence: false));

    internal override Record Read(JObject json, ValidationContext validation)
    {
        var record = Schema.Create();
        Schema.Read(json, record, "", validation);
        return record;
    }

    internal override void Check(Record record, Record? current, RegistrySnapshot registry, ValidationContext validation)
    {
        foreach (var rule in rules)
            rule((T)record, registry, validation);
        foreach (var form in Forms)
            if (current is null || form.Fields.Any(name => !Schema.Find(name)!.Same((T)record, (T)current)))
                form.Check((T)record, registry, validation);
    }

    internal override void CheckForm(Record record, RegistrySnapshot registry, ValidationContext validation)
    {
        foreach (var form in Forms)
            form.Check((T)record, registry, validation);
    }

    internal override IEnumerable<Duplicate> Duplicates(Record record, Record? current, RegistrySnapshot registry) =>
        UniqueKeys.Of(this, Keys, (T)record, (T?)current, registry.Of(this));

    internal override IEnumerable<DuplicateGroup> Alike(IEnumerable<Record> records) => UniqueKeys.All(Keys, records.Cast<T>());

    internal override bool TakesDuplicates => Keys.Any(key => key.CanBeReal);

    internal override IReadOnlySet<string> Targets => _targets;

    internal override IEnumerable<Field> Changed(Record left, Record right) => Schema.Fields.Where(field => !field.Same((T)left, (T)right));

    internal override void WriteFields(Utf8JsonWriter writer, Record record) => Schema.Write(writer, (T)record);

    internal override bool SameFields(Record left, Record right) => Schema.Same((T)left, (T)right);

    internal override IEnumerable<Reference> References(Record record) => Schema.References((T)record, "");

    internal override IEnumerable<ImplausibleDate> Implausible(Record record)
    {
        foreach (var found in Schema.Implausible((T)record))
            yield return found;
        if (Implied?.Invoke((T)record) is { Day: { } day } implied && !Days.IsPlausible(day))
            yield return new ImplausibleDate($"/{implied.Field}", day);
    }

    internal override IReadOnlyList<Field> Members => Schema.Fields;

    internal override ListQuery Query(QueryText text, Filter? filter) => new ListQuery<T>(Schema, text, filter);

    internal override Dictionary<string, object> ToColumns(Record record)
    {
        var columns = new Dictionary<string, object>(Schema.Fields.Count + 6);
        foreach (var field in Schema.Fields)
            if (field.ToColumn((T)record) is { } value)
                columns.Add(field.Column, value);
        return columns;
    }

    internal override Record FromColumns(IReadOnlyDictionary<string, object> columns)
    {
        var record = Schema.Create();
        foreach (var field in Schema.Fields)
        {
            if (!columns.TryGetValue(field.Column, out var value))
            {
                // Rules and figures rely on what is required; a row without it is no record.
                if (field.Required)
                    throw new FormatException($"Column {field.Column} is missing.");
                continue;
            }

            try
            {
                field.FromColumn(value, record);
            }
            catch (FormatException fault)
            {
                throw new FormatException($"Column {field.Column} cannot be read: {fault.Message}.", fault);
            }
        }

        return record;
    }
}
