using System.Runtime.CompilerServices;
using FriendCity.Records;

namespace FriendCity.PowerBi.OData;

/// <summary>The rows made of a list's entries, of whole sets of records; those of a set are kept for as long as the set is.</summary>
internal sealed class EntryRows(EntryList list, RecordType type)
{
    private readonly ConditionalWeakTable<object, RecordSet> _known = [];

    public RecordType Type => type;

    public RecordSet Of(RecordSet records) => _known.GetValue(records.Stamp, _ => type.EmptySet.With([.. Rows(records)]));

    private IEnumerable<Record> Rows(RecordSet records)
    {
        for (var i = 0; i < records.Count; i++)
            if (records[i] is { Deleted: false } record)
                foreach (var row in list.Rows(record))
                    yield return row;
    }
}
