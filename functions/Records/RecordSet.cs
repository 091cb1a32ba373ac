using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Unicode;
using FriendCity.Records.Query.Filters;

namespace FriendCity.Records;

/// <summary>All records of one type, deleted ones included, sorted by id (ordinal). Immutable: <see cref="With"/> makes a new set.</summary>
internal abstract class RecordSet
{
    /// <summary>Tells this set from every other.</summary>
    public object Stamp { get; } = new();

    /// <summary>Made of all ids and versions, so the same for equal sets on every instance, and in practice for no others.</summary>
    public abstract UInt128 Digest { get; }

    public abstract int Count { get; }

    public abstract Record this[int index] { get; }

    /// <summary>In the order of ids, deleted ones included.</summary>
    public IEnumerable<Record> All => Enumerable.Range(0, Count).Select(i => this[i]);

    /// <summary>The record of that id, deleted or not; null when there never was one.</summary>
    public abstract Record? Find(string id);

    /// <summary>The records that another set of the type does not hold, or holds in another version.</summary>
    public abstract IEnumerable<Record> Since(RecordSet other);

    /// <summary>A set in which each of <paramref name="changes"/> replaces its older version; a newer one already there stays.</summary>
    public abstract RecordSet With(IReadOnlyCollection<Record> changes);
}

internal sealed class RecordSet<T> : RecordSet
    where T : Record
{
    private static readonly IComparer<T> ById = Comparer<T>.Create((left, right) => string.CompareOrdinal(left.Id, right.Id));

    private readonly ChunkedSortedList<T> _byId;

    /// <summary>Worked out when first asked for, then carried from set to set.</summary>
    private readonly Lazy<UInt128> _digest;

    /// <summary>Built when first asked for, then carried from set to set.</summary>
    private readonly ConcurrentDictionary<FieldAccessor<T>, Lazy<ChunkedSortedList<T>>> _indexes = [];

    private RecordSet(ChunkedSortedList<T> byId, int deleted, UInt128? digest = null) =>
        (_byId, Deleted, _digest) = (byId, deleted, digest is { } known
            ? new(known) : new(() => Sum(byId.Between(0, byId.Count).SelectMany(piece => piece))));

    public static RecordSet<T> Empty { get; } = new(ChunkedSortedList<T>.Empty(ById), 0);

    public override int Count => _byId.Count;

    /// <summary>How many of the records are deleted.</summary>
    public int Deleted { get; }

    public override Record this[int index] => _byId[index];

    /// <summary>The records that are not deleted, by id.</summary>
    public IEnumerable<T> Live => _byId.Between(0, Count).SelectMany(piece => piece).Where(record => !record.Deleted);

    /// <summary>All records by id, deleted ones included.</summary>
    public ChunkedSortedList<T> Ids => _byId;

    public override UInt128 Digest => _digest.Value;

    public override IEnumerable<Record> Since(RecordSet other) =>
        _byId.Unshared(((RecordSet<T>)other)._byId).Where(record => !ReferenceEquals(other.Find(record.Id), record));

    public override Record? Find(string id)
    {
        var index = _byId.CountBefore(record => string.CompareOrdinal(record.Id, id) < 0);
        return index < Count && _byId[index] is { } record && record.Id == id ? record : null;
    }

    /// <summary>The live record of that id, or null.</summary>
    public T? Get(string? id) => id is not null && Find(id) is T { Deleted: false } record ? record : null;

    /// <summary>The live records in the order of a value that is <see cref="FieldAccessor{T}.Indexed"/>, then of their ids.</summary>
    public ChunkedSortedList<T> Index(FieldAccessor<T> operand) =>
        _indexes.GetOrAdd(operand, key => new(() => ChunkedSortedList<T>.Of(Order(key), Live))).Value;

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
        UInt128? digest = _digest.IsValueCreated && added.Count < Count ? Digest + Sum(added) - Sum(removed) : null;
        var set = new RecordSet<T>(_byId.With(removed, added), Deleted + added.Count(each => each.Deleted) - removed.Count(each => each.Deleted),
            digest);
        foreach (var (operand, index) in _indexes)
            if (index.IsValueCreated)
                set._indexes[operand] = new(index.Value.With(removed.Where(each => !each.Deleted), added.Where(each => !each.Deleted)));
        return set;
    }

    /// <summary>A sum, so that what comes and goes is added and taken away, in whatever order.</summary>
    private static UInt128 Sum(IEnumerable<T> records)
    {
        var sum = UInt128.Zero;
        Span<byte> text = stackalloc byte[256];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (var record in records)
        {
            var length = Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"{record.Id} {record.Version}", out var written)
                ? written : throw new InvalidOperationException($"The id {record.Id} is too long.");
            SHA256.HashData(text[..length], hash);
            sum += BinaryPrimitives.ReadUInt128LittleEndian(hash);
        }

        return sum;
    }

    private static Comparer<T> Order(FieldAccessor<T> operand)
    {
        var compare = operand.Order!;
        return Comparer<T>.Create((left, right) => compare(left, right) is not 0 and var order ? order : string.CompareOrdinal(left.Id, right.Id));
    }
}
