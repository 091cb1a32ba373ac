using System.Text.Json;
using FriendCity.Messages;
using FriendCity.Records.Entries;
using FriendCity.Records.Query.Filters;
using Newtonsoft.Json.Linq;

namespace FriendCity.Records.Schemas;

/// <summary>What a field tells of itself without knowing whose it is: what describes records to readers needs no more.</summary>
internal abstract class Field(string name, Text label, bool required)
{
    /// <summary>The name on the wire, camelCase.</summary>
    public string Name => name;

    /// <summary>The name of the storage column, PascalCase.</summary>
    public string Column { get; } = char.ToUpperInvariant(name[0]) + name[1..];

    public Text Label => label;

    public bool Required => required;

    public abstract string KindName { get; }

    public abstract IReadOnlyList<string>? Codes { get; }

    public abstract ValueDomain Domain { get; }

    /// <summary>What a number counts or measures; null for what is no number.</summary>
    public Text? Unit { get; init; }

    /// <summary>The value names a person, or leads to one.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>The list as a table; null when the value is no list of entries.</summary>
    public abstract EntryList? Entries { get; }

    /// <summary>Writes the value alone, null when there is none.</summary>
    /// <param name="source">The record or entry whose field this is.</param>
    public abstract void WriteValue(Utf8JsonWriter writer, Evidence source);

    /// <summary>The value as a cell, or null when there is none.</summary>
    /// <param name="source">The record or entry whose field this is.</param>
    public abstract string? Cell(Evidence source);
}

/// <summary>One named value of a record or nested entry: enough to store it, send it, read it, check it and describe it.</summary>
internal abstract class Field<T>(string name, Text label, bool required) : Field(name, label, required)
{
    /// <summary>The field as filters and orders see it.</summary>
    public abstract FieldAccessor<T> FieldAccessor { get; }

    /// <summary>The getter of a field of free text; null for all others.</summary>
    public abstract Func<T, string?>? Text { get; }

    /// <summary>Sets the value from JSON; null empties it.</summary>
    public abstract void Read(JToken token, T target, string pointer, ValidationContext validation);

    public abstract void Write(Utf8JsonWriter writer, T source);

    /// <summary>The stored value, or null when there is none.</summary>
    public abstract object? ToColumn(T source);

    public abstract void FromColumn(object column, T target);

    /// <summary>The value as a cell, or null when there is none.</summary>
    public abstract string? Format(T source);

    public sealed override string? Cell(Evidence source) => Format((T)(object)source);

    /// <summary>What its code or codes are called, in English and Chinese: texts to be read alone. None where values are no codes.</summary>
    public virtual IEnumerable<Field<T>> Labels => [];

    public abstract bool IsEmpty(T source);

    public abstract bool Same(T left, T right);

    /// <summary>Whether values can refer to records.</summary>
    public abstract bool Refers { get; }

    /// <summary>The record types that values can refer to.</summary>
    public abstract IEnumerable<string> Targets { get; }

    public abstract IEnumerable<Reference> References(T source, string pointer);

    public abstract IEnumerable<ImplausibleDate> Implausible(T source);
}

internal sealed class Field<T, V>(string name, Text label, bool required, FieldType<V> type, Func<T, V> get, Action<T, V> set) : Field<T>(name, label,
    required)
{
    private readonly JsonEncodedText _encoded = JsonEncodedText.Encode(name);
    private readonly string _pointer = "/" + name;

    public override string KindName => type.Name;

    public override IReadOnlyList<string>? Codes => type.Codes;

    public override ValueDomain Domain => type.Domain;

    public override EntryList? Entries => type.Entries(get);

    public override FieldAccessor<T> FieldAccessor { get; } = new FieldAccessor<T, V>(type.ValueComparer, get, type);

    public override Func<T, string?>? Text => type.IsFreeText ? (object)get as Func<T, string?> : null;

    public override void Read(JToken token, T target, string pointer, ValidationContext validation)
    {
        if (token.Type == JTokenType.Null)
            set(target, type.Empty);
        else if (type.TryRead(token, pointer, validation, out var value))
            set(target, value);
    }

    public override void Write(Utf8JsonWriter writer, T source)
    {
        writer.WritePropertyName(_encoded);
        WriteValue(writer, source);
    }

    public override void WriteValue(Utf8JsonWriter writer, Evidence source) => WriteValue(writer, (T)(object)source);

    public override object? ToColumn(T source) => get(source) is { } value && !type.IsEmpty(value) ? type.ToColumn(value) : null;

    public override void FromColumn(object column, T target) => set(target, type.FromColumn(column));

    public override string? Format(T source) => get(source) is { } value && !type.IsEmpty(value) ? type.Format(value) : null;

    public override IEnumerable<Field<T>> Labels =>
        (type.Domain is ValueDomain.List { Item: var item } ? item : type.Domain) is ValueDomain.Code { Codes: var codes }
            ? [Called(codes, "LabelEn", new($"{Label.En}, in English", $"{Label.Zh}（英文）"), Language.English),
                Called(codes, "LabelZh", new($"{Label.En}, in Chinese", $"{Label.Zh}（中文）"), Language.Chinese)] : [];

    public override bool IsEmpty(T source) => type.IsEmpty(get(source));

    public override bool Same(T left, T right) => type.Same(get(left), get(right));

    public override bool Refers => type.Refers;

    public override IEnumerable<string> Targets => type.Targets;

    public override IEnumerable<Reference> References(T source, string pointer) =>
        get(source) is { } value && !type.IsEmpty(value) ? type.References(value, pointer.Length == 0 ? _pointer : $"{pointer}/{Name}") : [];

    public override IEnumerable<ImplausibleDate> Implausible(T source) =>
        get(source) is { } value && !type.IsEmpty(value)
            ? type.Implausible(value).Select(found => found with { Pointer = _pointer + found.Pointer }) : [];

    private Field<T> Called(CodeList codes, string suffix, Text label, Language language)
    {
        var f = new Fields<T>();
        return type.Domain is ValueDomain.List
            ? f.Texts(Name + suffix, label.En, label.Zh, row => [.. ((IReadOnlyList<string>)get(row)!).Select(NameOf)], Fields.ReadOnly)
            : f.Text(Name + suffix, label.En, label.Zh, row => (object?)get(row) is string code ? NameOf(code) : null, Fields.ReadOnly);

        string NameOf(string code) => codes.Called(code).In(language);
    }

    private void WriteValue(Utf8JsonWriter writer, T source)
    {
        if (get(source) is { } value)
            type.Write(writer, value);
        else
            writer.WriteNullValue();
    }
}
