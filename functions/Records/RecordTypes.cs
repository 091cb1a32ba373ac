using System.Collections.Frozen;

namespace FriendCity.Records;

/// <summary>The record types of this registry, in an order in which references point backwards.</summary>
internal sealed class RecordTypes(params RecordType[] types)
{
    private readonly FrozenDictionary<string, RecordType> _byName = types.ToFrozenDictionary(type => type.Name);

    public IReadOnlyList<RecordType> All => types;

    public RecordType? Find(string name) => _byName.GetValueOrDefault(name);
}
