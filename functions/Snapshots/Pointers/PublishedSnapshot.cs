using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Publishing;

namespace FriendCity.Snapshots.Pointers;

/// <summary>A snapshot that readers are offered.</summary>
/// <param name="PublishedAt">In storage time.</param>
/// <param name="Operation">The operation that asked for it; null for the night's run.</param>
internal sealed record PublishedSnapshot(string Id, DateOnly SnapshotDate, bool Provisional, DateTimeOffset PublishedAt, string? Operation = null)
{
    private static readonly TimeSpan FarthestEast = TimeSpan.FromHours(14);

    /// <summary>The later one of its day; such a snapshot stays a day longer, for those who are half-way through it.</summary>
    public string? SupersededBy { get; init; }

    public DateTimeOffset? SupersededAt { get; init; }

    /// <summary>No office was as far as that day when it was made: a clock was wrong.</summary>
    public bool IsOfTheFuture => SnapshotDate.ToDateTime(TimeOnly.MinValue) - PublishedAt.UtcDateTime > FarthestEast;

    /// <summary>Newest day first; of a day, what was made after its end before what was not, and the later before the earlier.</summary>
    public static IReadOnlyList<PublishedSnapshot> InOrder(IEnumerable<PublishedSnapshot> snapshots) =>
        [.. snapshots.OrderByDescending(each => each.SnapshotDate).ThenBy(each => each.Provisional).ThenByDescending(each => each.PublishedAt)];
}

/// <summary>A snapshot that is no longer listed, and whose files stay for a week.</summary>
internal sealed record RetiredSnapshot(string Id, DateTimeOffset At);

/// <summary>That the pointer was put right, why, and which snapshots were found damaged on the way.</summary>
internal sealed record PointerRepair(DateTimeOffset At, string Reason, IReadOnlyList<string> Damaged);

/// <summary>Where readers find a snapshot's tables.</summary>
/// <param name="Majors">By contract the path of each table's Parquet file; the other formats stand beside it.</param>
/// <param name="Sha256">Of the manifest.</param>
internal sealed record SnapshotTarget(IReadOnlyDictionary<int, IReadOnlyDictionary<string, string>> Majors, string? Manifest, string? Sha256)
{
    public static SnapshotTarget None { get; } = new(
        new Dictionary<int, IReadOnlyDictionary<string, string>> { [SnapshotMajors.First] = new Dictionary<string, string>() }, null, null);

    /// <summary>The contract that is told first; readers of later ones look for theirs.</summary>
    public int SchemaMajor => Majors.Keys.Min();

    /// <param name="manifest">As it is stored.</param>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static SnapshotTarget Of(string id, byte[] manifest) => new(
        SnapshotManifest.TablesOf(manifest).ToDictionary(major => major.Key, IReadOnlyDictionary<string, string> (major) =>
            major.Value.ToDictionary(table => table.Key, table => SnapshotStore.PathOf(id, table.Value))),
        SnapshotStore.PathOf(id, SnapshotManifest.FileName), SnapshotStore.Hash(manifest));
}
