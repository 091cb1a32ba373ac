using System.Collections.Frozen;

namespace FriendCity.Records;

/// <summary>Every record at one moment of this instance: what lists, figures and rules read. Immutable.</summary>
public sealed class RegistrySnapshot
{
    private static long _stamps;

    private readonly FrozenDictionary<string, RecordSet> _sets;

    internal RegistrySnapshot(RecordTypes types, IEnumerable<KeyValuePair<string, RecordSet>> sets, DateTimeOffset asOf)
        : this(types, sets.ToFrozenDictionary(), asOf, Interlocked.Increment(ref _stamps))
    {
    }

    private RegistrySnapshot(RecordTypes types, FrozenDictionary<string, RecordSet> sets, DateTimeOffset asOf, long stamp) =>
        (Types, _sets, AsOf, Stamp) = (types, sets, asOf, stamp);

    internal RecordTypes Types { get; }

    /// <summary>The same in all views of the same records, and higher in a view of changed ones.</summary>
    internal long Stamp { get; }

    /// <summary>Storage time at which the poll behind this view began: every write acknowledged before it is seen.</summary>
    internal DateTimeOffset AsOf { get; }

    internal IEnumerable<KeyValuePair<string, RecordSet>> Sets => _sets;

    internal static RegistrySnapshot Empty(RecordTypes types) =>
        new(types, types.All.Select(type => KeyValuePair.Create(type.Name, type.EmptySet)), DateTimeOffset.MinValue);

    internal RecordSet Of(string type) => _sets[type];

    internal RecordSet<T> Of<T>(RecordType<T> type)
        where T : Record => (RecordSet<T>)_sets[type.Name];

    /// <summary>A view with changed records, by type.</summary>
    internal RegistrySnapshot With(IReadOnlyDictionary<string, List<Record>> changes, DateTimeOffset asOf)
    {
        var changed = changes.Select(change => KeyValuePair.Create(change.Key, _sets[change.Key].With(change.Value)))
            .Where(set => !ReferenceEquals(set.Value, _sets[set.Key])).ToDictionary();
        return changed.Count == 0 ? new(Types, _sets, asOf, Stamp)
            : new(Types, _sets.Select(set => changed.TryGetValue(set.Key, out var other) ? KeyValuePair.Create(set.Key, other) : set), asOf);
    }

    /// <summary>What these records tell of an earlier moment.</summary>
    internal RegistrySnapshot Past(IEnumerable<KeyValuePair<string, RecordSet>> sets, DateTimeOffset asOf) =>
        new(Types, sets.ToFrozenDictionary(), asOf, Stamp);
}
