using System.Text.Json;
using FriendCity.Messages;
using FriendCity.Records.Query.Filters;
using FriendCity.Records.Schemas;
using Newtonsoft.Json.Linq;

namespace FriendCity.Records.Entries;

/// <summary>A field of an entry, as a field of the row made of it.</summary>
internal sealed class EntryField<E>(Field<E> inner, string name) : Field<EntryRow<E>>(name, inner.Label, inner.Required)
    where E : Entry
{
    public override string KindName => inner.KindName;

    public override IReadOnlyList<string>? Codes => inner.Codes;

    public override ValueDomain Domain => inner.Domain;

    public override EntryList? Entries => inner.Entries;

    public override FieldAccessor<EntryRow<E>> FieldAccessor { get; } = new EntryFieldAccessor<E>(inner.FieldAccessor);

    public override Func<EntryRow<E>, string?>? Text => inner.Text is { } text ? row => text(row.Item) : null;

    public override void Read(JToken token, EntryRow<E> target, string pointer, ValidationContext validation) =>
        inner.Read(token, target.Item, pointer, validation);

    public override void Write(Utf8JsonWriter writer, EntryRow<E> source)
    {
        writer.WritePropertyName(Name);
        WriteValue(writer, source);
    }

    public override void WriteValue(Utf8JsonWriter writer, Evidence source) => inner.WriteValue(writer, ((EntryRow<E>)source).Item);

    public override object? ToColumn(EntryRow<E> source) => inner.ToColumn(source.Item);

    public override void FromColumn(object column, EntryRow<E> target) => inner.FromColumn(column, target.Item);

    public override string? Format(EntryRow<E> source) => inner.Format(source.Item);

    public override IEnumerable<Field<EntryRow<E>>> Labels => inner.Labels.Select(label => new EntryField<E>(label, label.Name));

    public override bool IsEmpty(EntryRow<E> source) => inner.IsEmpty(source.Item);

    public override bool Same(EntryRow<E> left, EntryRow<E> right) => inner.Same(left.Item, right.Item);

    public override bool Refers => inner.Refers;

    public override IEnumerable<string> Targets => inner.Targets;

    public override IEnumerable<Reference> References(EntryRow<E> source, string pointer) => inner.References(source.Item, pointer);

    public override IEnumerable<ImplausibleDate> Implausible(EntryRow<E> source) => inner.Implausible(source.Item);
}
