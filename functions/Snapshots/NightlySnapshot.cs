namespace FriendCity.Snapshots;

/// <summary>The snapshot of the office day that has ended.</summary>
public sealed class NightlySnapshot
{
    private readonly SnapshotRun _run;
    private readonly OfficeCalendar _calendar;
    private readonly ILogger _log;

    internal NightlySnapshot(SnapshotRun run, OfficeCalendar calendar, ILogger<NightlySnapshot> log) => (_run, _calendar, _log) = (run, calendar, log);

    /// <summary>Throws when no snapshot came of it, so that the host sees a failed run.</summary>
    internal async Task RunAsync(CancellationToken cancellation)
    {
        var day = _calendar.Today.AddDays(-1);
        switch (await _run.RunAsync(new SnapshotOrder(day, Provisional: false, Once: true), cancellation))
        {
            case SnapshotOutcome.Published { Manifest: var manifest }:
                _log.LogInformation("Snapshot {Id} of {Day} is published", manifest.Id, Cells.Format(day));
                break;
            case SnapshotOutcome.Done { Snapshot: var snapshot }:
                _log.LogInformation("Skipped: {Day} has its snapshot, {Id}", Cells.Format(day), snapshot.Id);
                break;
            case SnapshotOutcome.Busy:
                _log.LogInformation("Skipped: another run is writing a snapshot");
                break;
            default:
                throw new InvalidOperationException($"The snapshot of {Cells.Format(day)} lost its lease and was not published.");
        }
    }
}
