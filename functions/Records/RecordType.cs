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
    /// <summary>The name in addresses: <c>api/v1/{name}</c>.</summary>
    public string Name => name;

    /// <summary>The table's name: letters only, as storage wants it.</summary>
    internal string Table { get; } = name.Replace("-", "", StringComparison.Ordinal);

    public Text Label => label;

    internal abstract RecordSet EmptySet { get; }

    /// <summary>Reads the fields of a record from JSON into a new record without id or version.</summary>
    internal abstract Record Read(JObject json, Reading reading);

    /// <summary>Checks the type's own rules; references are checked apart.</summary>
    /// <param name="current">The live record that <paramref name="record"/> is to replace: rules of form are asked of what changes.</param>
    internal abstract void Check(Record record, Record? current, View view, Reading reading);

    /// <summary>The rules of form alone, asked of a record as it is stored.</summary>
    internal abstract void CheckForm(Record record, View view, Reading reading);

    /// <summary>Other live records that have a key of the type in common with this one.</summary>
    /// <param name="current">The live record that <paramref name="record"/> is to replace.</param>
    internal abstract IEnumerable<Duplicate> Duplicates(Record record, Record? current, View view);

    /// <summary>Among these records all that have a key in common.</summary>
    internal abstract IEnumerable<Alike> Alike(IEnumerable<Record> records);

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

    /// <summary>Compiles a list query; throws <see cref="QueryException"/> when it cannot be understood.</summary>
    internal ListQuery Query(QueryText text) => Query(text, text.Filter is null ? null : FilterParser.Parse(text.Filter));

    /// <summary>Compiles a list query whose filter is a tree already, whatever text it was made of.</summary>
    internal abstract ListQuery Query(QueryText text, Filter? filter);

    internal abstract Dictionary<string, object> ToColumns(Record record);

    /// <summary>Throws <see cref="FormatException"/> naming the column that cannot be read.</summary>
    internal abstract Record FromColumns(IReadOnlyDictionary<string, object> columns);
}

/// <summary>A rule over a whole record: refuses what is wrong, with the place.</summary>
internal delegate void Rule<in T>(T record, View view, Reading reading);

internal sealed class RecordType<T>(string name, Text label, Shape<T> shape, params Rule<T>[] rules) : RecordType(name, label)
    where T : Record
{
    public RecordType(string name, Text label, Func<T> create, IReadOnlyList<Field<T>> fields, params Rule<T>[] rules)
        : this(name, label, new Shape<T>(create, fields), rules)
    {
    }

    private readonly HashSet<string> _targets = [.. shape.Fields.SelectMany(field => field.Targets)];

    public Shape<T> Shape => shape;

    /// <summary>
    /// A date that follows from a record's fields without standing in one, such as the end of a term, and the field that leads to it.
    /// </summary>
    public Func<T, (string Field, DateOnly? Day)>? Implied { get; init; }
    /// <summary>What no two records have alike.</summary>
    public IReadOnlyList<UniqueKey<T>> Keys { get; init; } = [];

    /// <summary>How codes and the like are written.</summary>
    public IReadOnlyList<FormRule<T>> Forms { get; init; } = [];

    internal override RecordSet EmptySet => RecordSet<T>.Empty;

    internal override Record Read(JObject json, Reading reading)
    {
        var record = Shape.Create();
        Shape.Read(json, record, "", reading);
        return record;
    }

    internal override void Check(Record record, Record? current, View view, Reading reading)
    {
        foreach (var rule in rules)
            rule((T)record, view, reading);
        foreach (var form in Forms)
            if (current is null || form.Fields.Any(name => !Shape.Find(name)!.Same((T)record, (T)current)))
                form.Check((T)record, view, reading);
    }

    internal override void CheckForm(Record record, View view, Reading reading)
    {
        foreach (var form in Forms)
            form.Check((T)record, view, reading);
    }

    internal override IEnumerable<Duplicate> Duplicates(Record record, Record? current, View view) =>
        UniqueKeys.Of(this, Keys, (T)record, (T?)current, view.Of(this));

    internal override IEnumerable<Alike> Alike(IEnumerable<Record> records) => UniqueKeys.All(Keys, records.Cast<T>());

    internal override bool TakesDuplicates => Keys.Any(key => key.CanBeReal);

    internal override IReadOnlySet<string> Targets => _targets;

    internal override IEnumerable<Field> Changed(Record left, Record right) => Shape.Fields.Where(field => !field.Same((T)left, (T)right));

    internal override void WriteFields(Utf8JsonWriter writer, Record record) => Shape.Write(writer, (T)record);

    internal override bool SameFields(Record left, Record right) => Shape.Same((T)left, (T)right);

    internal override IEnumerable<Reference> References(Record record) => Shape.References((T)record, "");

    internal override IEnumerable<ImplausibleDate> Implausible(Record record)
    {
        foreach (var found in Shape.Implausible((T)record))
            yield return found;
        if (Implied?.Invoke((T)record) is { Day: { } day } implied && !Days.IsPlausible(day))
            yield return new ImplausibleDate($"/{implied.Field}", day);
    }

    internal override IReadOnlyList<Field> Members => Shape.Fields;

    internal override ListQuery Query(QueryText text, Filter? filter) => new ListQuery<T>(Shape, text, filter);

    internal override Dictionary<string, object> ToColumns(Record record)
    {
        var columns = new Dictionary<string, object>(Shape.Fields.Count + 6);
        foreach (var field in Shape.Fields)
            if (field.ToColumn((T)record) is { } value)
                columns.Add(field.Column, value);
        return columns;
    }

    internal override Record FromColumns(IReadOnlyDictionary<string, object> columns)
    {
        var record = Shape.Create();
        foreach (var field in Shape.Fields)
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
