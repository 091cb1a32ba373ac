using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace FriendCity.Tests.Integration.Consistency;

/// <summary>Which version of each record a writer was told is stored, and what readers then missed.</summary>
internal sealed class Acknowledgements
{
    private ImmutableDictionary<string, long> _versions = ImmutableDictionary<string, long>.Empty;
    private int _writes;
    private int _unknown;
    private int _reads;
    private int _refused;

    /// <summary>What a read that begins now must see.</summary>
    public ImmutableDictionary<string, long> Now => Volatile.Read(ref _versions);

    public int Writes => Volatile.Read(ref _writes);

    /// <summary>Writes of which nobody said what became of them.</summary>
    public int Unknown => Volatile.Read(ref _unknown);

    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Reads that were answered by no records.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public ConcurrentQueue<string> Misses { get; } = [];

    public bool Missed => !Misses.IsEmpty;

    public void Acknowledge(string id, long version)
    {
        ImmutableInterlocked.AddOrUpdate(ref _versions, id, version, (_, other) => Math.Max(other, version));
        Interlocked.Increment(ref _writes);
    }

    public void Unheard() => Interlocked.Increment(ref _unknown);

    public void Refuse() => Interlocked.Increment(ref _refused);

    /// <param name="expected">What was acknowledged before the read began.</param>
    /// <param name="seen">The version that the read showed; 0 for none.</param>
    public void Check(string reader, IEnumerable<KeyValuePair<string, long>> expected, Func<string, long> seen)
    {
        Interlocked.Increment(ref _reads);
        foreach (var (id, version) in expected)
            if (seen(id) is var shown && shown < version)
                Misses.Enqueue($"{reader} shows version {shown} of {id}, and version {version} was acknowledged before");
    }

    public override string ToString() =>
        $"{Writes} writes acknowledged, {Unknown} unknown; {Reads} reads checked, {Refused} refused; {Misses.Count} misses";
}
