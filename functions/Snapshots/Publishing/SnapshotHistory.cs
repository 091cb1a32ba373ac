using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats;
using FriendCity.Snapshots.Pointers;
using FriendCity.Snapshots.Tables;
using FriendCity.Storage;

namespace FriendCity.Snapshots.Publishing;

/// <summary>The days so far, which each new snapshot carries on, as files of ours.</summary>
/// <param name="From">The snapshot they come from; null when there is none.</param>
/// <param name="Today">Days after it are nobody's: a clock was wrong.</param>
/// <param name="Damaged">Later snapshots that they could not come from.</param>
/// <param name="Tables">The daily tables as it holds them; null for one that it does not hold yet.</param>
internal sealed record EarlierDays(
    string? From, DateOnly Today, IReadOnlyDictionary<SnapshotTable, TableRows?> Tables, IReadOnlyList<string> Damaged) : IAsyncDisposable
{
    /// <summary>A gap longer than this is not filled by itself: it asks for a back-fill, and somebody's decision.</summary>
    private const int MaxGapDays = 31;

    /// <summary>The rows of a daily table, in the order of days.</summary>
    public IEnumerable<object?[]> Rows(SnapshotTable table) => Rows(table, table.Columns);

    /// <summary>The nights that were missed before <paramref name="day"/>.</summary>
    public IReadOnlyList<DateOnly> Missed(DateOnly day)
    {
        // Of years of rows only the days are read.
        var before = Rows(KpiDaily.Table, [KpiDaily.Table.Columns[0]]).Select(DailyFormats.DayOf).TakeWhile(each => each < day)
            .DefaultIfEmpty(day).Last();
        return [.. Enumerable.Range(1, Math.Clamp(day.DayNumber - before.DayNumber - 1, 0, MaxGapDays)).Select(back => day.AddDays(-back)).Reverse()];
    }

    private IEnumerable<object?[]> Rows(SnapshotTable table, IReadOnlyList<Column> columns) =>
        Tables.GetValueOrDefault(table) is { } rows ? rows.Of(columns).TakeWhile(row => DailyFormats.DayOf(row) <= Today) : [];

    public async ValueTask DisposeAsync()
    {
        foreach (var rows in Tables.Values.OfType<TableRows>())
            await rows.DisposeAsync();
    }
}

/// <summary>Reads back what published snapshots say of the days so far.</summary>
internal sealed class SnapshotHistory(SnapshotStore store, SnapshotCopies copies, ILogger<SnapshotHistory> log)
{
    /// <summary>
    /// From the snapshot published last that can be read whole: each goes on from the one published before it, so it knows of every day,
    /// whichever day is its own.
    /// </summary>
    public async Task<EarlierDays> ReadAsync(CurrentPointer current, DateOnly today, CancellationToken cancellationToken)
    {
        var damaged = new List<string>();
        foreach (var snapshot in current.Latest)
        {
            var tables = new Dictionary<SnapshotTable, TableRows?>();
            var days = new EarlierDays(snapshot.Id, today, tables, damaged);
            try
            {
                foreach (var table in DailyFormats.Tables)
                    tables[table] = await store.TableAsync(snapshot.Id, table, cancellationToken);
                return days;
            }
            catch (InvalidDataException fault)
            {
                await days.DisposeAsync();
                damaged.Add(snapshot.Id);
                log.LogError(fault, "The days so far cannot come from snapshot {Id}; they come from the one before", snapshot.Id);
            }
            catch
            {
                await days.DisposeAsync();
                throw;
            }
        }

        return new EarlierDays(null, today, new Dictionary<SnapshotTable, TableRows?>(), damaged);
    }

    /// <summary>
    /// The days made anew by snapshots published after the one whose copies are all made; where there is none such, by all of them.
    /// </summary>
    public async Task<IReadOnlySet<DateOnly>> UncopiedAsync(CurrentPointer current, CancellationToken cancellationToken)
    {
        var (days, made) = (new HashSet<DateOnly>(), (string?)null);
        try
        {
            if (current.Published.Count > 0)
                made = await copies.MadeForAsync(cancellationToken);
        }
        catch (StorageException fault)
        {
            log.LogWarning(fault, "Whether the copies are made is not known; they are made again");
        }

        foreach (var snapshot in current.Latest.TakeWhile(each => each.Id != made))
            days.UnionWith(await DaysAsync(snapshot.Id, cancellationToken));
        return days;
    }

    private async Task<IReadOnlyList<DateOnly>> DaysAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await store.BytesAsync(id, SnapshotManifest.FileName, cancellationToken) is { } manifest ? SnapshotManifest.DaysOf(manifest) : [];
        }
        catch (InvalidDataException fault)
        {
            log.LogError(fault, "The manifest of snapshot {Id} cannot be read", id);
            return [];
        }
    }
}
