using FriendCity.Storage;

namespace FriendCity.Snapshots;

/// <summary>The days so far, which each new snapshot carries on, as files of ours.</summary>
/// <param name="From">The snapshot they come from; null when there is none.</param>
/// <param name="Files">The daily tables as it holds them, in CSV; null for one that it does not hold yet.</param>
internal sealed record DaysSoFar(string? From, IReadOnlyDictionary<SnapshotTable, Stream?> Files) : IAsyncDisposable
{
    /// <summary>A gap longer than this is not filled by itself: it asks for a back-fill, and somebody's decision.</summary>
    private const int LongestGap = 31;

    /// <summary>The rows of a daily table, in the order of days.</summary>
    public IEnumerable<object?[]> Rows(SnapshotTable table) => Files.GetValueOrDefault(table) is { } file ? CsvTable.Rows(table, file) : [];

    /// <summary>The nights that were missed before <paramref name="day"/>.</summary>
    public IReadOnlyList<DateOnly> Missed(DateOnly day)
    {
        var before = Rows(KpiDaily.Table).Select(Daily.DayOf).TakeWhile(each => each < day).DefaultIfEmpty(day).Last();
        return [.. Enumerable.Range(1, Math.Clamp(day.DayNumber - before.DayNumber - 1, 0, LongestGap)).Select(back => day.AddDays(-back)).Reverse()];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in Files.Values.OfType<Stream>())
            await file.DisposeAsync();
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
            var files = new Dictionary<SnapshotTable, Stream?>();
            var days = new DaysSoFar(snapshot.Id, files);
            try
            {
                foreach (var table in Daily.Tables)
                    files[table] = await store.SpoolAsync(snapshot.Id, table, SnapshotFormat.Csv, cancellation);
                return days;
            }
            catch (InvalidDataException fault)
            {
                await days.DisposeAsync();
                log.LogError(fault, "The days so far cannot come from snapshot {Id}; they come from the one before", snapshot.Id);
            }
            catch
            {
                await days.DisposeAsync();
                throw;
            }
        }

        return new DaysSoFar(null, new Dictionary<SnapshotTable, Stream?>());
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
