using FriendCity.Records;

namespace FriendCity.Snapshots;

/// <summary>A row that is no record: it is in no table and no figure.</summary>
internal sealed record Quarantined(string Type, string Id, string Reason);

/// <summary>The registry at one instant of storage time.</summary>
/// <param name="View">The records as they were known at the instant.</param>
/// <param name="Newest">The records as they were some time after it.</param>
internal sealed record Cut(View View, View Newest, DateTimeOffset Watermark);

/// <summary>What a scan of the tables, made apart from the replica, says to a cut.</summary>
/// <param name="Scanned">Rows that were found and compared.</param>
internal sealed record Agreement(int Scanned, IReadOnlyList<Quarantined> Quarantined);

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

    public async Task<Cut> TakeAsync(CancellationToken cancellation)
    {
        await records(cancellation);
        var now = feed.Now;
        // Instants are told to the millisecond, and a cut must be the one that is told.
        var watermark = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        await Task.Delay(options.Settle, time, cancellation);
        var newest = await records(cancellation);
        return new Cut(await past.AtAsync(newest, watermark, cancellation), newest, watermark);
    }

    /// <summary>Null when the scan found records that belong into the cut and that the replica did not know of: it has to be taken anew.</summary>
    /// <exception cref="InvalidDataException">The replica and the tables do not agree.</exception>
    public async Task<Agreement?> AgreeAsync(Cut cut, CancellationToken cancellation)
    {
        var (counts, strange) = await scan.CompareAsync(cut, cancellation);
        foreach (var type in cut.View.Sets)
            if (type.Value.Count > counts[type.Key])
                throw new InvalidDataException($"The replica holds {type.Value.Count} {type.Key}, and the table {counts[type.Key]}.");
        var scanned = counts.Values.Sum();
        if (strange.Count == 0)
            return new Agreement(scanned, []);

        var view = await records(cancellation);
        var (unnamed, quarantined) = await scan.ReadAsync(strange, view, cancellation);
        if (unnamed.Count > 0)
        {
            await PointAsync(unnamed, cancellation);
            view = await records(cancellation);
        }

        var left = quarantined.Select(row => (row.Type, row.Id)).ToHashSet();
        var old = strange.Where(row => row.ChangedAt <= cut.Watermark && !left.Contains((row.Type, row.Id))).ToList();
        return old.Find(row => !Holds(view, row, cut.Watermark)) is { } other
            ? throw new InvalidDataException($"{other.Type}/{other.Id} has version {other.Version} in the table, and the replica holds another or none.")
            : old.Count == 0 ? new Agreement(scanned, quarantined) : null;
    }

    /// <summary>Whether that version is the one of the instant, or another wrote over it since.</summary>
    private static bool Holds(View view, ScannedRow row, DateTimeOffset watermark) => view.Of(row.Type).Find(row.Id) is { } record
        && (record.Version == row.Version || (record.Version > row.Version && record.ChangedAt > watermark));

    private async Task PointAsync(IReadOnlyList<(string Type, Record Record)> unnamed, CancellationToken cancellation)
    {
        foreach (var type in unnamed.GroupBy(each => each.Type, each => each.Record))
            foreach (var part in type.Chunk(IdsOfPointer))
            {
                log.LogError("The change feed never named {Count} rows of {Type}, among them {Id}; they are pointed to now", part.Length, type.Key, part[0].Id);
                await feed.PointAsync(type.Key, part, Actor, Ulid.New(feed.Now), null, cancellation);
            }
    }
}
