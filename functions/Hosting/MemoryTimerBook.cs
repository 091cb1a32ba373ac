namespace FriendCity.Hosting;

/// <summary>For a timer without a monitor, and for a program without storage: known to this process alone, and gone with it.</summary>
internal sealed class MemoryTimerBook : ITimerBook
{
    private TimerStatus? _status;

    public Task<TimerStatus> ReadAsync(TimerStatus first, CancellationToken cancellation) => Task.FromResult(_status ??= first);

    public Task<TimerTurn?> TakeAsync(CancellationToken cancellation) =>
        Task.FromResult(_status is { } status ? new TimerTurn(status, Record) : null);

    private Task<bool> Record(TimerStatus next)
    {
        _status = next;
        return Task.FromResult(true);
    }
}
