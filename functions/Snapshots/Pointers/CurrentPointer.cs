using FriendCity.Snapshots.Publishing;

namespace FriendCity.Snapshots.Pointers;

/// <summary>
/// <c>current.json</c>: replaced by one conditional write, and the only list of snapshots readers get, so nothing half-written is seen.
/// </summary>
/// <param name="Target">Where the current snapshot is.</param>
/// <param name="Published">The current one first: the newest day's.</param>
internal sealed record CurrentPointer(SnapshotTarget Target, IReadOnlyList<PublishedSnapshot> Published)
{
    /// <summary>Before the first snapshot: a lease needs a blob.</summary>
    public static CurrentPointer None { get; } = new(SnapshotTarget.None, []);

    public IReadOnlyList<RetiredSnapshot> Retired { get; init; } = [];

    /// <summary>The most recent repair. While it is young, nothing is swept on the strength of the list it rebuilt.</summary>
    public PointerRepair? Repair { get; init; }

    public string? Manifest => Target.Manifest;

    public string? Sha256 => Target.Sha256;

    /// <summary>In the order in which they were published, the last one first.</summary>
    public IEnumerable<PublishedSnapshot> Latest => Published.OrderByDescending(each => each.PublishedAt);

    public bool Names(string id) => Published.Any(each => each.Id == id);

    /// <summary>Who was told of the snapshot may read it to its end.</summary>
    public bool Serves(string id) => Names(id) || Retired.Any(each => each.Id == id);

    /// <summary>
    /// The published snapshot that a job asks for; null when it has to be made. One published before its day had ended is incomplete, even
    /// where it is not marked provisional.
    /// </summary>
    public PublishedSnapshot? Answers(SnapshotJob job, OfficeCalendar calendar) => Published.FirstOrDefault(each =>
        (job.Once && each.SnapshotDate == job.Day && !each.Provisional && calendar.DayOf(each.PublishedAt) > each.SnapshotDate)
        || (job.Operation is not null && each.Operation == job.Operation));

    /// <summary>
    /// The pointer with one more snapshot: the current one, unless there is one of a newer day. A provisional one of the same day is
    /// superseded, and old ones are no longer listed. Whoever publishes has read the pointer, so its snapshot is later than all that are
    /// listed, though the clocks of two instances differ by a little.
    /// </summary>
    public CurrentPointer Next(PublishedSnapshot snapshot, SnapshotTarget target, SnapshotOptions options)
    {
        if (Published.Any(each => each.PublishedAt >= snapshot.PublishedAt))
            snapshot = snapshot with { PublishedAt = Published.Max(each => each.PublishedAt).AddMilliseconds(1) };
        var now = snapshot.PublishedAt;
        var all = PublishedSnapshot.InOrder(Published
            .Select(each => each is { Provisional: true, SupersededBy: null } && each.SnapshotDate == snapshot.SnapshotDate
                ? each with { SupersededBy = snapshot.Id, SupersededAt = now }
                : each)
            .Prepend(snapshot));
        var newest = all.Where(each => each.SupersededBy is null).OrderByDescending(each => each.PublishedAt).Take(options.Kept).ToHashSet();
        var kept = all.Where((each, index) => index == 0 || newest.Contains(each)
            || now - (each.SupersededAt ?? each.PublishedAt) < options.MinAge).ToList();
        return new(all[0] == snapshot ? target : Target, kept)
        {
            Retired =
            [
                .. Retired.Concat(all.Except(kept).Select(each => new RetiredSnapshot(each.Id, now)))
                    .Where(each => now - each.At < options.SweepAfter),
            ],
            Repair = Repair is { } repair && now - repair.At < options.SweepAfter ? repair : null,
        };
    }
}
