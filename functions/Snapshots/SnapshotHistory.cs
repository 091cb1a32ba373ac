using FriendCity.Storage;

namespace FriendCity.Snapshots;

/// <summary>The days so far, which each new snapshot carries on.</summary>
/// <param name="From">The snapshot they come from; null when there is none.</param>
/// <param name="Tables">The daily tables as it holds them.</param>
internal sealed record DaysSoFar(string? From, IReadOnlyList<TableData> Tables)
{
    /// <summary>A gap longer than this is not filled by itself: it asks for a back-fill, and somebody's decision.</summary>
    private const int LongestGap = 31;

    /// <summary>The nights that were missed before <paramref name="day"/>.</summary>
    public IReadOnlyList<DateOnly> Missed(DateOnly day)
    {
        var before = Tables.Single(data => data.Table == KpiDaily.Table).Rows.Select(Daily.DayOf).Where(each => each < day).DefaultIfEmpty(day).Max();
        return [.. Enumerable.Range(1, Math.Clamp(day.DayNumber - before.DayNumber - 1, 0, LongestGap)).Select(back => day.AddDays(-back)).Reverse()];
    }
}

/// <summary>Reads back what published snapshots say of the days so far.</summary>
internal sealed class SnapshotHistory(SnapshotStore store, SnapshotCopies copies, ILogger<SnapshotHistory> log)
{
    /// <summary>From the newest snapshot that can be read whole.</summary>
    public async Task<DaysSoFar> ReadAsync(CurrentPointer current, CancellationToken cancellation)
    {
        foreach (var snapshot in current.Published)
        {
            try
            {
                var tables = new List<TableData>();
                foreach (var table in Daily.Tables)
                    tables.Add(await store.TableAsync(snapshot.Id, table, cancellation));
                return new DaysSoFar(snapshot.Id, tables);
            }
            catch (InvalidDataException fault)
            {
                log.LogError(fault, "The days so far cannot come from snapshot {Id}; they come from the one before", snapshot.Id);
            }
        }

        return new DaysSoFar(null, [.. Daily.Tables.Select(table => new TableData(table, []))]);
    }

    /// <summary>The days that published snapshots made anew and whose copies may be missing: none when the newest one's are all made.</summary>
    public async Task<IReadOnlySet<DateOnly>> UncopiedAsync(CurrentPointer current, CancellationToken cancellation)
    {
        var days = new HashSet<DateOnly>();
        try
        {
            if (current.Published is not [var newest, ..] || await copies.MadeForAsync(cancellation) == newest.Id)
                return days;
        }
        catch (StorageException fault)
        {
            log.LogWarning(fault, "Whether the copies are made is not known; they are made again");
        }

        foreach (var snapshot in current.Published)
            days.UnionWith(await DaysAsync(snapshot.Id, cancellation));
        return days;
    }

    private async Task<IReadOnlyList<DateOnly>> DaysAsync(string id, CancellationToken cancellation)
    {
        try
        {
            return await store.BytesAsync(id, SnapshotManifest.FileName, cancellation) is { } manifest ? SnapshotManifest.DaysOf(manifest) : [];
        }
        catch (InvalidDataException fault)
        {
            log.LogError(fault, "The manifest of snapshot {Id} cannot be read", id);
            return [];
        }
    }
}
