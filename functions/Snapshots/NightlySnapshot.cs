using FriendCity.Idempotency;
using FriendCity.Operations;
using FriendCity.Records.Persistence;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Publishing;
using FriendCity.Storage;

namespace FriendCity.Snapshots;

/// <summary>The snapshot of the office day that has ended.</summary>
internal sealed class NightlySnapshot(SnapshotRun run, ChangePurge changes, OperationStore operations, KeyedRequests requests,
    SnapshotOptions options, OfficeCalendar calendar, ILogger<NightlySnapshot> log)
{
    // The host may call a moment before the instant, which may be the office's midnight.
    private static readonly TimeSpan HostIsEarlyBy = TimeSpan.FromMinutes(1);

    /// <summary>Throws when no snapshot came of it, so that the host sees a failed run.</summary>
    [Function("NightlySnapshot")]
    public async Task RunAsync([TimerTrigger("%NightlySchedule%")] TimerInfo timer, CancellationToken cancellationToken)
    {
        await run.PrepareAsync(cancellationToken);
        var day = calendar.DayOf(Due(timer.ScheduleStatus?.Next)).AddDays(-1);
        switch (await run.WaitAndRunAsync(new SnapshotJob(day, Provisional: false, Once: true), cancellationToken))
        {
            case SnapshotOutcome.Published { Manifest: var manifest }:
                log.LogInformation("Snapshot {Id} of {Day} is published", manifest.Id, Cells.Format(day));
                break;
            case SnapshotOutcome.Done { Snapshot: var snapshot }:
                log.LogInformation("Skipped: {Day} has its snapshot, {Id}", Cells.Format(day), snapshot.Id);
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
            var entries = await changes.RunAsync(options.ChangesKept, cancellationToken);
            log.LogInformation("{Count} old entries of the change feed were deleted, {Operations} operations that are long over, and {Requests} "
                + "requests whose Idempotency-Key is forgotten", entries, await operations.PurgeAsync(options.OperationsKept, cancellationToken),
                await requests.PurgeAsync(cancellationToken));
        }
        catch (StorageException fault)
        {
            log.LogWarning(fault, "Old entries of the change feed, old operations or old requests could not be deleted; the next night does it");
        }
    }

    /// <summary>
    /// The instant the run stands for, which lies hours before now when a missed night is made up for. After several nights the Functions
    /// host names the first that was missed; the schedule is a nightly one, so whole days lead to the last.
    /// </summary>
    private DateTimeOffset Due(DateTime? next)
    {
        // No instant is named without a monitor or when an operator calls; one well ahead is not what this run is for.
        var now = calendar.Now;
        if (next is not { } named || named == default || new DateTimeOffset(named) is var due && due - now > HostIsEarlyBy)
            return now;
        return due > now ? due : due.AddDays(Math.Floor((now - due).TotalDays));
    }
}
