using System.Runtime.CompilerServices;
using FriendCity.Records;
using FriendCity.Records.Entries;

namespace FriendCity.PowerBi.OData.Model;

/// <summary>
/// The rows made of a list's entries, of whole sets of records; those of a set are kept for as long as the set is. Those of a newer set are
/// made of the
/// last ones and of the records that changed, so that a write does not cost the making of all.
/// </summary>
internal sealed class EntryRows(EntryList list, RecordType type)
{
    private readonly ConditionalWeakTable<object, RecordSet> _known = [];
    private readonly Lock _gate = new();
    private (RecordSet Records, RecordSet Rows)? _last;

    public RecordType Type => type;

    public RecordSet Of(RecordSet records) =>
        _known.TryGetValue(records.Stamp, out var rows) ? rows : _known.GetValue(records.Stamp, _ => Make(records));

    private RecordSet Make(RecordSet records)
    {
        lock (_gate)
        {
            var rows = _last is var (before, known) && Newer(records, before) is { } changes
                ? known.With([.. changes.SelectMany(record => list.Rows(record, before.Find(record.Id)))])
                : type.EmptySet.With([.. records.All.SelectMany(record => list.Rows(record))]);
            _last = (records, rows);
            return rows;
        }
    }

    /// <summary>What changed since; null when it is no newer set, but one that an earlier request still holds.</summary>
    private static List<Record>? Newer(RecordSet records, RecordSet before)
    {
        var changes = records.Since(before).ToList();
        return changes.TrueForAll(record => before.Find(record.Id) is not { } held || held.Version < record.Version) ? changes : null;
    }
}
