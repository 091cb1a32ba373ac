using FriendCity.Messages;
using FriendCity.Records.Query;
using FriendCity.Records.Schemas;

namespace FriendCity.Records.Entries;

/// <summary>A list of entries in a record type, as a table: one row an entry.</summary>
internal abstract class EntryList
{
    /// <summary>The type of the rows: read like any other, never written.</summary>
    /// <param name="parent">The type of the records that hold the list.</param>
    /// <param name="reference">The field that names a row's record, such as <c>relationshipId</c>.</param>
    public abstract RecordType Type(string name, Text label, RecordType parent, string reference);

    /// <summary>A row an entry; those of a deleted record are deleted, and so are those that only an older version has.</summary>
    /// <param name="before">An older version of the record; null when there are no rows of one.</param>
    public abstract IEnumerable<Record> Rows(Record parent, Record? before = null);

    /// <summary>The entries themselves.</summary>
    public abstract IReadOnlyList<Evidence> Of(Record parent);
}

internal sealed class EntryList<T, E>(Schema<E> schema, Func<T, IReadOnlyList<E>> get) : EntryList
    where E : Entry
{
    private const string PositionName = "position";

    /// <summary>What every shape has; each row has its entry's.</summary>
    private static readonly string[] EvidenceNames = ["scenario", "source", "sourceRef"];

    public override RecordType Type(string name, Text label, RecordType parent, string reference)
    {
        var f = new Fields<EntryRow<E>>();
        var own = schema.Fields.Where(field => !EvidenceNames.Contains(field.Name))
            .Select(field => new EntryField<E>(field, Free(field.Name, reference)));
        return new RecordType<EntryRow<E>>(name, label, () => throw new NotSupportedException("Rows are made of entries."),
        [
            f.Reference(reference, $"Record in {parent.Label.En}", $"所属记录（{parent.Label.Zh}）", parent.Name, row => row.ParentId, Fields.ReadOnly,
                required: true),
            f.Integer(PositionName, "Place in the list, from 1", "在列表中的序号（从 1 起）", row => row.Position, Fields.ReadOnly, required: true),
            .. own,
        ]);
    }

    public override IEnumerable<Record> Rows(Record parent, Record? before = null)
    {
        var items = get((T)(object)parent);
        for (var i = 0; i < items.Count; i++)
            yield return new EntryRow<E>(parent, i + 1, items[i], parent.Deleted);
        var older = before is null ? [] : get((T)(object)before);
        for (var i = items.Count; i < older.Count; i++)
            yield return new EntryRow<E>(parent, i + 1, older[i], deleted: true);
    }

    public override IReadOnlyList<Evidence> Of(Record parent) => get((T)(object)parent);

    /// <summary>An entry may have a name that the row needs for itself: its own id is <c>entryId</c>.</summary>
    private static string Free(string name, string reference) =>
        SystemFields.IsAdded(name) || name == PositionName || name == reference ? $"entry{char.ToUpperInvariant(name[0])}{name[1..]}" : name;
}
