using FriendCity.Records.Formats.Reading;

namespace FriendCity.Records.Import;

/// <summary>The faults of a file: all are counted, and the first few thousand are kept to be shown.</summary>
internal sealed class ImportFaults
{
    /// <summary>A file in another form has a fault in every cell.</summary>
    public const int MaxKept = 10_000;

    private readonly List<RowFault> _kept = [];

    public int Count { get; private set; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<RowFault> Kept => [.. _kept.OrderBy(fault => fault.Row)];

    public void Add(RowFault fault)
    {
        Count++;
        if (_kept.Count < MaxKept)
            _kept.Add(fault);
    }

    public void AddRange(IEnumerable<RowFault> faults)
    {
        foreach (var fault in faults)
            Add(fault);
    }
}
