using System.Collections.Frozen;

namespace FriendCity.Records;

/// <summary>Every record at one moment of this instance: what lists, figures and rules read. Immutable.</summary>
public sealed class RegistrySnapshot
{
    private readonly FrozenDictionary<string, RecordSet> _sets;

    internal RegistrySnapshot(IEnumerable<KeyValuePair<string, RecordSet>> sets, DateTimeOffset asOf)
        : this(sets.ToFrozenDictionary(), asOf, new())
    {
    }

    private RegistrySnapshot(FrozenDictionary<string, RecordSet> sets, DateTimeOffset asOf, object stamp) =>
        (_sets, AsOf, Stamp) = (sets, asOf, stamp);

    /// <summary>The same object in all views of the same records: tells them without keeping them.</summary>
    internal object Stamp { get; }

    /// <summary>Storage time at which the poll behind this view began: every write acknowledged before it is seen.</summary>
    internal DateTimeOffset AsOf { get; }

    internal IEnumerable<KeyValuePair<string, RecordSet>> Sets => _sets;

    internal static RegistrySnapshot Empty(RecordTypes types) =>
        new(types.All.Select(type => KeyValuePair.Create(type.Name, type.EmptySet)), DateTimeOffset.MinValue);

    internal RecordSet Of(string type) => _sets[type];

    internal RecordSet<T> Of<T>(RecordType<T> type)
        where T : Record => (RecordSet<T>)_sets[type.Name];

    /// <summary>A view with changed records, by type.</summary>
    internal RegistrySnapshot With(IReadOnlyDictionary<string, List<Record>> changes, DateTimeOffset asOf) => changes.Count == 0
        ? new(_sets, asOf, Stamp)
        : new(_sets.Select(set => changes.TryGetValue(set.Key, out var changed) ? KeyValuePair.Create(set.Key, set.Value.With(changed)) : set), asOf);
}
