using System.Collections.Concurrent;

namespace FriendCity.Records;

/// <summary>All records of one type, deleted ones included, sorted by id (ordinal). Immutable: <see cref="With"/> makes a new set.</summary>
internal abstract class RecordSet
{
    /// <summary>Tells this set from every other.</summary>
    public object Stamp { get; } = new();

    public abstract int Count { get; }

    public abstract Record this[int index] { get; }

    /// <summary>The record of that id, deleted or not; null when there never was one.</summary>
    public abstract Record? Find(string id);

    /// <summary>A set in which each of <paramref name="changes"/> replaces its older version; a newer one already there stays.</summary>
    public abstract RecordSet With(IReadOnlyCollection<Record> changes);
}

internal sealed class RecordSet<T> : RecordSet
    where T : Record
{
    private static readonly IComparer<T> ById = Comparer<T>.Create((left, right) => string.CompareOrdinal(left.Id, right.Id));

    private readonly Sorted<T> _byId;

    /// <summary>Built when first asked for, then carried from set to set.</summary>
    private readonly ConcurrentDictionary<Operand<T>, Lazy<Sorted<T>>> _indexes = [];

    private RecordSet(Sorted<T> byId, int deleted) => (_byId, Deleted) = (byId, deleted);

    public static RecordSet<T> Empty { get; } = new(Sorted<T>.Empty(ById), 0);

    public override int Count => _byId.Count;

    /// <summary>How many of the records are deleted.</summary>
    public int Deleted { get; }

    public override Record this[int index] => _byId[index];

    /// <summary>The records that are not deleted, by id.</summary>
    public IEnumerable<T> Live => _byId.Between(0, Count).SelectMany(piece => piece).Where(record => !record.Deleted);

    /// <summary>All records by id, deleted ones included.</summary>
    public Sorted<T> Ids => _byId;

    public override Record? Find(string id)
    {
        var index = _byId.CountBefore(record => string.CompareOrdinal(record.Id, id) < 0);
        return index < Count && _byId[index] is { } record && record.Id == id ? record : null;
    }

    /// <summary>The live record of that id, or null.</summary>
    public T? Get(string? id) => id is not null && Find(id) is T { Deleted: false } record ? record : null;

    /// <summary>The live records in the order of a value that is <see cref="Operand{T}.Indexed"/>, then of their ids.</summary>
    public Sorted<T> Index(Operand<T> operand) => _indexes.GetOrAdd(operand, key => new(() => Sorted<T>.Of(Order(key), Live))).Value;

    public override RecordSet With(IReadOnlyCollection<Record> changes)
    {
        var newest = new Dictionary<string, T>(changes.Count);
        foreach (var change in changes.Cast<T>())
            if (!newest.TryGetValue(change.Id, out var other) || other.Version < change.Version)
                newest[change.Id] = change;

        List<T> removed = [], added = [];
        foreach (var change in newest.Values)
        {
            var held = (T?)Find(change.Id);
            if (held?.Version >= change.Version)
                continue;
            added.Add(change);
            if (held is not null)
                removed.Add(held);
        }

        if (added.Count == 0)
            return this;
        var set = new RecordSet<T>(_byId.With(removed, added), Deleted + added.Count(each => each.Deleted) - removed.Count(each => each.Deleted));
        foreach (var (operand, index) in _indexes)
            if (index.IsValueCreated)
                set._indexes[operand] = new(index.Value.With(removed.Where(each => !each.Deleted), added.Where(each => !each.Deleted)));
        return set;
    }

    private static Comparer<T> Order(Operand<T> operand)
    {
        var compare = operand.Order!;
        return Comparer<T>.Create((left, right) => compare(left, right) is not 0 and var order ? order : string.CompareOrdinal(left.Id, right.Id));
    }
}
