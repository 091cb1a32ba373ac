using FriendCity.Records;

namespace FriendCity.Snapshots;

/// <summary>A row that is no record: it is in no table and no figure.</summary>
internal sealed record Quarantined(string Type, string Id, string Reason);

/// <summary>The registry at one instant of storage time.</summary>
/// <param name="View">The records as they were known at the instant.</param>
/// <param name="Scanned">Rows that a scan of the tables, made apart from the replica, has found and compared.</param>
internal sealed record Cut(View View, DateTimeOffset Watermark, int Scanned, IReadOnlyList<Quarantined> Quarantined);

/// <summary>
/// Takes a cut: waits until every write that began before the instant has ended, reads the records, and takes what was changed since at
/// the version it had. A scan of the tables then has to agree, row by row; what it finds that the change feed never named is pointed to,
/// so that every instance learns of it.
/// </summary>
internal sealed class RegistryCut(
    RegistryScan scan, ChangeFeed feed, Func<CancellationToken, Task<View>> records, PastRecords past, TimeProvider time, SnapshotOptions options, ILogger<RegistryCut> log)
{
    private const int IdsOfPointer = 100;
    private const string Actor = "nightly-scan";

    /// <exception cref="InvalidDataException">The replica and the tables do not agree.</exception>
    public async Task<Cut> TakeAsync(CancellationToken cancellation)
    {
        await records(cancellation);
        var now = feed.Now;
        // Instants are told to the millisecond, and a cut must be the one that is told.
        var watermark = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        await Task.Delay(options.Settle, time, cancellation);

        var rows = await scan.ReadAsync(cancellation);
        var view = await records(cancellation);
        var (unnamed, quarantined) = await scan.CompareAsync(rows, view, cancellation);
        if (unnamed.Count > 0)
        {
            await PointAsync(unnamed, cancellation);
            view = await records(cancellation);
        }

        var known = await past.AtAsync(view, watermark, cancellation);
        Agree(rows, known, watermark, quarantined.Select(row => (row.Type, row.Id)).ToHashSet());
        return new Cut(known, watermark, rows.Count, quarantined);
    }

    private async Task PointAsync(IReadOnlyList<(string Type, Record Record)> unnamed, CancellationToken cancellation)
    {
        foreach (var type in unnamed.GroupBy(each => each.Type, each => each.Record))
            foreach (var part in type.Chunk(IdsOfPointer))
            {
                log.LogError("The change feed never named {Count} rows of {Type}, among them {Id}; they are pointed to now", part.Length, type.Key, part[0].Id);
                await feed.PointAsync(type.Key, part, Actor, Ulid.New(feed.Now), null, cancellation);
            }
    }

    private static void Agree(IReadOnlyList<ScannedRow> rows, View known, DateTimeOffset watermark, HashSet<(string, string)> quarantined)
    {
        var old = rows.Where(row => row.ChangedAt <= watermark && !quarantined.Contains((row.Type, row.Id))).ToList();
        if (old.Find(row => known.Of(row.Type).Find(row.Id)?.Version != row.Version) is { } other)
            throw new InvalidDataException($"{other.Type}/{other.Id} has version {other.Version} in the table, and the replica holds another or none.");
        foreach (var type in known.Sets)
        {
            var there = rows.Count(row => row.Type == type.Key);
            if (type.Value.Count > there)
                throw new InvalidDataException($"The replica holds {type.Value.Count} {type.Key}, and the table {there}.");
        }
    }
}
