namespace FriendCity.Records.Entries;

/// <summary>
/// An entry of a record's list as a row of its own, for readers who know tables only. It has its record's version, and goes with it.
/// </summary>
internal sealed class EntryRow<E> : Record
    where E : Entry
{
    public EntryRow(Record parent, int position, E item, bool deleted)
    {
        // An id has no colon, so no two rows share one; four digits keep their order.
        Id = FormattableString.Invariant($"{parent.Id}:{position:0000}");
        (ParentId, Position, Item) = (parent.Id, position, item);
        (Version, ChangedAt, Actor, Deleted) = (parent.Version, parent.ChangedAt, parent.Actor, deleted);
        (Scenario, Source, SourceRef) = (item.Scenario, item.Source, item.SourceRef);
    }

    public string ParentId { get; }

    /// <summary>From 1.</summary>
    public long Position { get; }

    public E Item { get; }
}
