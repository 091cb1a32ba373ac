using FriendCity.Snapshots.Pointers;

namespace FriendCity.Snapshots.Publishing;

/// <summary>What to make a snapshot of.</summary>
/// <param name="Provisional">The day has not ended; a later run of the same day takes this one's place.</param>
/// <param name="Once">Nothing is done when the day has its snapshot: a timer may fire twice. Nights missed before it are made up for.</param>
internal sealed record SnapshotJob(DateOnly Day, bool Provisional, bool Once)
{
    /// <summary>Other days whose figures are made anew: a back-fill.</summary>
    public IReadOnlyList<DateOnly> Days { get; init; } = [];

    /// <summary>The operation that asks; one that was broken off finds out by it whether its snapshot is published.</summary>
    public string? Operation { get; init; }

    /// <summary>Told how many of how many steps are done; throws to break the run off.</summary>
    public Func<int, int, CancellationToken, Task> Progress { get; init; } = (_, _, _) => Task.CompletedTask;
}

/// <summary>What became of a run. Whatever went wrong, readers see what they saw before.</summary>
internal abstract record SnapshotOutcome
{
    private SnapshotOutcome() { }

    /// <param name="Beside">The current snapshot, of a newer day, which stays the current one; null when this is the current one.</param>
    internal sealed record Published(SnapshotManifest Manifest, PublishedSnapshot? Beside = null) : SnapshotOutcome;

    /// <summary>The day has its snapshot already, and the order was for once; or the operation was done before it was broken off.</summary>
    internal sealed record Done(PublishedSnapshot Snapshot) : SnapshotOutcome;

    /// <summary>Another run holds the lease.</summary>
    internal sealed record Busy : SnapshotOutcome;

    /// <summary>The lease was broken, or ran out and another run took it; nothing was published.</summary>
    internal sealed record Overtaken : SnapshotOutcome;

    /// <summary>The day has not come yet: nothing is known of it.</summary>
    /// <param name="Today">The office's day by storage's clock.</param>
    internal sealed record Early(DateOnly Today) : SnapshotOutcome;
}
