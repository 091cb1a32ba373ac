using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Publishing;
using FriendCity.Storage;

namespace FriendCity.Snapshots;

/// <summary>The snapshot of the office day that has ended.</summary>
public sealed class NightlySnapshot
{
    // The host may call a moment before the instant, which may be the office's midnight.
    private static readonly TimeSpan HostIsEarlyBy = TimeSpan.FromMinutes(1);

    private readonly SnapshotRun _run;
    private readonly Func<CancellationToken, Task<(int Pointers, int Operations)>> _purge;
    private readonly OfficeCalendar _calendar;
    private readonly ILogger _log;

    /// <param name="purge">Deletes old pointers of the change feed and operations that are long over, and tells how many.</param>
    internal NightlySnapshot(SnapshotRun run, Func<CancellationToken, Task<(int Pointers, int Operations)>> purge, OfficeCalendar calendar,
        ILogger<NightlySnapshot> log) =>
        (_run, _purge, _calendar, _log) = (run, purge, calendar, log);

    /// <summary>Throws when no snapshot came of it, so that the host sees a failed run.</summary>
    internal async Task RunAsync(TimerInfo timer, CancellationToken cancellationToken)
    {
        await _run.PrepareAsync(cancellationToken);
        var day = _calendar.DayOf(Due(timer.ScheduleStatus?.Next)).AddDays(-1);
        switch (await _run.WaitAndRunAsync(new SnapshotJob(day, Provisional: false, Once: true), cancellationToken))
        {
            case SnapshotOutcome.Published { Manifest: var manifest }:
                _log.LogInformation("Snapshot {Id} of {Day} is published", manifest.Id, Cells.Format(day));
                break;
            case SnapshotOutcome.Done { Snapshot: var snapshot }:
                _log.LogInformation("Skipped: {Day} has its snapshot, {Id}", Cells.Format(day), snapshot.Id);
                break;
            case SnapshotOutcome.Busy:
                throw new InvalidOperationException($"The snapshot of {Cells.Format(day)} was not made: another run did not end.");
            case SnapshotOutcome.Early { Today: var today }:
                throw new InvalidOperationException(
                    $"The snapshot of {Cells.Format(day)} was not made: by storage's clock it is {Cells.Format(today)}.");
            default:
                throw new InvalidOperationException($"The snapshot of {Cells.Format(day)} lost its lease and was not published.");
        }

        await PurgeAsync(cancellationToken);
    }

    private async Task PurgeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (pointers, operations) = await _purge(cancellationToken);
            _log.LogInformation("{Count} old pointers of the change feed were deleted, and {Operations} operations that are long over", pointers,
                operations);
        }
        catch (StorageException fault)
        {
            _log.LogWarning(fault, "Old pointers of the change feed, or old operations, could not be deleted; the next night does it");
        }
    }

    /// <summary>
    /// The instant the run stands for, which lies hours before now when a missed night is made up for. After several nights the Functions
    /// host names the first that was missed; the schedule is a nightly one, so whole days lead to the last.
    /// </summary>
    private DateTimeOffset Due(DateTime? next)
    {
        // No instant is named without a monitor or when an operator calls; one well ahead is not what this run is for.
        var now = _calendar.Now;
        if (next is not { } named || named == default || new DateTimeOffset(named) is var due && due - now > HostIsEarlyBy)
            return now;
        return due > now ? due : due.AddDays(Math.Floor((now - due).TotalDays));
    }
}
