namespace FriendCity.Records;

/// <summary>All records of one type, deleted ones included, sorted by id (ordinal). Immutable: <see cref="With"/> makes a new set.</summary>
internal abstract class RecordSet
{
    public abstract int Count { get; }

    public abstract Record this[int index] { get; }

    public Record? Find(string id)
    {
        var index = IndexOf(id);
        return index >= 0 ? this[index] : null;
    }

    /// <summary>Index of the record, or the complement of where it would stand.</summary>
    public int IndexOf(string id)
    {
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(this[middle].Id, id);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return ~low;
    }

    /// <summary>A set in which each of <paramref name="changes"/> replaces its older version; a newer one already there stays.</summary>
    public abstract RecordSet With(IReadOnlyCollection<Record> changes);
}

internal sealed class RecordSet<T>(T[] sorted) : RecordSet
    where T : Record
{
    public override int Count => sorted.Length;

    public override Record this[int index] => sorted[index];

    /// <summary>The records that are not deleted, by id.</summary>
    public IEnumerable<T> Live => sorted.Where(record => !record.Deleted);

    /// <summary>The live record of that id, or null.</summary>
    public T? Get(string? id) => id is not null && Find(id) is T { Deleted: false } record ? record : null;

    public override RecordSet With(IReadOnlyCollection<Record> changes)
    {
        var newest = new Dictionary<string, T>(changes.Count);
        foreach (var change in changes.Cast<T>())
            if (!newest.TryGetValue(change.Id, out var other) || other.Version < change.Version)
                newest[change.Id] = change;

        var merged = new List<T>(sorted.Length + newest.Count);
        foreach (var record in sorted)
            merged.Add(newest.Remove(record.Id, out var change) && change.Version > record.Version ? change : record);
        if (newest.Count == 0)
            return new RecordSet<T>([.. merged]);

        merged.AddRange(newest.Values);
        merged.Sort((left, right) => string.CompareOrdinal(left.Id, right.Id));
        return new RecordSet<T>([.. merged]);
    }
}
