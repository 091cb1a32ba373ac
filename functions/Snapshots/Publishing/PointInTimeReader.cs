using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Records.Replication;

namespace FriendCity.Snapshots.Publishing;

/// <summary>A row that is no record, or a record that has no row: it is in no table and no figure.</summary>
internal sealed record Quarantined(string Type, string Id, string Reason)
{
    private const string Gone = "Its row is gone from the table, deleted by a hand and not by this service.";

    public bool IsGone => Reason == Gone;

    public static Quarantined Missing(string type, string id) => new(type, id, Gone);
}

/// <summary>Records whose history lacks versions that a hand deleted.</summary>
/// <param name="Records">How many they are.</param>
/// <param name="First">Some of them.</param>
internal sealed record MissingHistory(int Records, IReadOnlyList<MissingVersions> First)
{
    public static MissingHistory None { get; } = new(0, []);
}

/// <summary>The registry at one instant of storage time.</summary>
/// <param name="Registry">The records as they were known at the instant.</param>
/// <param name="Newest">The records as they were some time after it.</param>
internal sealed record PointInTimeRead(RegistrySnapshot Registry, RegistrySnapshot Newest, DateTimeOffset Watermark);

/// <summary>What a scan of the tables, made apart from the replica, says to a cut.</summary>
/// <param name="Scanned">Rows that were found and compared.</param>
internal sealed record ConsistencyCheck(int Scanned, IReadOnlyList<Quarantined> Quarantined)
{
    /// <summary>What the replica did not know of, or knew otherwise: the cut has to be taken anew. Null when all is well.</summary>
    public string? Discord { get; init; }

    public MissingHistory Missing { get; init; } = MissingHistory.None;
}

/// <summary>What a snapshot is made of.</summary>
internal interface ISnapshotSource
{
    /// <summary>The registry at an instant that has just passed.</summary>
    Task<PointInTimeRead> TakeAsync(CancellationToken cancellationToken);

    /// <summary>Holds it against the tables.</summary>
    /// <param name="told">Rows that are known to be gone: of those every instance has learnt.</param>
    /// <param name="incomplete">Records whose history is known to lack versions.</param>
    Task<ConsistencyCheck> AgreeAsync(PointInTimeRead cut, IReadOnlyCollection<Quarantined> told, IReadOnlyCollection<MissingVersions> incomplete,
        CancellationToken cancellationToken);

    /// <summary>The records as the registry knew them at an instant.</summary>
    Task<RegistrySnapshot> KnownAtAsync(DateTimeOffset instant, CancellationToken cancellationToken);
}

/// <summary>
/// Takes a cut: waits until every write that began before the instant has ended, reads the records, and takes what was changed since at
/// the version it had. A scan of the tables then has to agree, row by row; what it finds that the change feed never named is entered there,
/// so that every instance learns of it. Where a hand changed or deleted rows behind the feed's back, the tables are believed, and every
/// instance reads its records anew.
/// </summary>
internal sealed class PointInTimeReader(
    RegistryScan scan, ChangeFeed feed, Func<CancellationToken, Task<RegistrySnapshot>> records, PastRecords past, TimeProvider time,
    SnapshotOptions options, ILogger<PointInTimeReader> log) : ISnapshotSource
{
    private const int IdsPerEntry = 100;

    /// <summary>A hand deletes some rows; more than that is a loss, and a snapshot without them would be taken for the truth.</summary>
    private const int MaxMissing = 100;

    private const string Actor = "nightly-scan";

    public async Task<PointInTimeRead> TakeAsync(CancellationToken cancellationToken)
    {
        await records(cancellationToken);
        var now = feed.Now;
        // Instants are told to the millisecond, and a cut must be the one that is told.
        var watermark = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        await Task.Delay(options.Settle, time, cancellationToken);
        var newest = await records(cancellationToken);
        return new PointInTimeRead(await past.AtAsync(newest, watermark, cancellationToken), newest, watermark);
    }

    /// <exception cref="InvalidDataException">The replica and the tables do not agree, although it was read anew; or many rows are gone.</exception>
    public async Task<ConsistencyCheck> AgreeAsync(PointInTimeRead cut, IReadOnlyCollection<Quarantined> told,
        IReadOnlyCollection<MissingVersions> incomplete, CancellationToken cancellationToken)
    {
        var known = told.Select(row => (row.Type, row.Id)).Concat(incomplete.Select(each => (each.Type, each.Id)));
        var found = await scan.CompareAsync(cut, known.ToLookup(each => each.Type, each => each.Id), cancellationToken);
        var (strange, gone) = (found.Strange, found.Gone);
        IReadOnlyList<Quarantined> lost = [.. gone, .. found.Lost];
        if (lost.Count > MaxMissing)
            throw new InvalidDataException($"Rows gone from their tables: {lost.Count}, among them {lost[0].Type}/{lost[0].Id}.");
        if (lost.Count > 0)
            log.LogError("Rows of {Count} records are gone, among them {Type}/{Id}", lost.Count, lost[0].Type, lost[0].Id);
        if (found.Missing is { Records: > 0, First: [var first, ..] })
            log.LogError("History lacks versions of {Count} records, among them {Versions} of {Type}/{Id}", found.Missing.Records,
                first.Versions, first.Type, first.Id);
        var isNews = !lost.All(told.Contains);
        if (strange.Count == 0 && gone.Count == 0)
        {
            // This replica does not hold them, but another may.
            if (isNews)
                await feed.AppendReloadAsync(Actor, cancellationToken);
            return new ConsistencyCheck(found.Rows, [.. lost, .. found.Misplaced]) { Missing = found.Missing };
        }

        var registry = await records(cancellationToken);
        var (unnamed, unreadable) = await scan.ReadAsync(strange, registry, cancellationToken);
        if (unnamed.Count > 0)
        {
            await AppendAsync(unnamed, cancellationToken);
            registry = await records(cancellationToken);
        }

        IReadOnlyList<Quarantined> quarantined = [.. found.Misplaced, .. unreadable];
        var left = unreadable.Select(row => (row.Type, row.Id)).ToHashSet();
        var old = strange.Where(row => row.ChangedAt <= cut.Watermark && !left.Contains((row.Type, row.Id))).ToList();
        var other = old.Where(row => !Holds(registry, row, cut.Watermark)).ToList();
        foreach (var row in other)
            log.LogError(
                "{Type}/{Id} has version {Version} in the table, and the replica holds another or none; the records are read anew", row.Type, row.Id,
                row.Version);
        // What was unreadable from the start is held by nobody; what became so since is still held as it was.
        var isHeld = unreadable.Any(row => cut.Registry.Of(row.Type).Find(row.Id) is not null);
        if (isNews || gone.Count > 0 || other.Count > 0 || isHeld)
            await feed.AppendReloadAsync(Actor, cancellationToken);
        return new ConsistencyCheck(found.Rows, [.. lost, .. quarantined])
        {
            Missing = found.Missing,
            Discord = other is [var strangest, ..]
                ? $"{strangest.Type}/{strangest.Id} has version {strangest.Version} in the table, and the replica holds another or none."
                : gone is [var held, ..] ? $"The replica holds {held.Type}/{held.Id}, and the table has no row of it."
                : isHeld ? $"The replica holds {unreadable[0].Type}/{unreadable[0].Id}, and its row cannot be read."
                : old.Count > 0 ? "Records come to light that the change feed never named."
                : null,
        };
    }

    public async Task<RegistrySnapshot> KnownAtAsync(DateTimeOffset instant, CancellationToken cancellationToken) =>
        await past.AtAsync(await records(cancellationToken), instant, cancellationToken);

    /// <summary>Whether that version is the one of the instant, or another wrote over it since.</summary>
    private static bool Holds(RegistrySnapshot registry, ScannedRow row, DateTimeOffset watermark) => registry.Of(row.Type).Find(row.Id) is { } record
        && (record.Version == row.Version || (record.Version > row.Version && record.ChangedAt > watermark));

    private async Task AppendAsync(IReadOnlyList<(string Type, Record Record)> unnamed, CancellationToken cancellationToken)
    {
        foreach (var type in unnamed.GroupBy(each => each.Type, each => each.Record))
            foreach (var part in type.Chunk(IdsPerEntry))
            {
                log.LogError("Found {Count} rows of {Type} without an entry in the change feed, among them {Id}; entering them now", part.Length,
                    type.Key,
                    part[0].Id);
                await feed.AppendAsync(type.Key, part, Actor, Ulid.New(feed.Now), null, cancellationToken);
            }
    }
}
