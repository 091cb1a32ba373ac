using FriendCity.Snapshots.Contracts;

namespace FriendCity.Snapshots;

/// <summary>How long things are waited for and kept.</summary>
internal sealed record SnapshotOptions
{
    public static SnapshotOptions Default { get; } = new();

    /// <summary>The program's, which a manifest names.</summary>
    public string AppVersion { get; init; } = typeof(SnapshotOptions).Assembly.GetName().Version!.ToString(3);

    /// <summary>
    /// The first snapshot also makes the figures of this day, which may be the baseline, and of each month's end after it, so that charts are
    /// lines from the first night; null for none.
    /// </summary>
    public DateOnly? FiguresFrom { get; init; }

    /// <summary>The contracts with readers that snapshots are published under.</summary>
    public IReadOnlyList<int> Majors { get; init; } = SnapshotMajors.All;

    /// <summary>After so long every write that began before an instant is in the change feed, or has failed.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a run waits for a storage that has gone away at the swap, to say for certain whether it has published.</summary>
    public TimeSpan SwapPatience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How many snapshots readers are offered; more while they are younger than <see cref="MinAge"/>.</summary>
    public int Kept { get; init; } = 14;

    /// <summary>A snapshot this young stays: a reader may be half-way through it.</summary>
    public TimeSpan MinAge { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Files that no published snapshot names are deleted when they are this old.</summary>
    public TimeSpan SweepAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>What is kept of runs that failed.</summary>
    public TimeSpan EvidenceKept { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Entries of the change feed; a consumer further behind starts over.</summary>
    public TimeSpan ChangesKept { get; init; } = TimeSpan.FromDays(90);

    /// <summary>What is told of operations that are over.</summary>
    public TimeSpan OperationsKept { get; init; } = TimeSpan.FromDays(90);
}
