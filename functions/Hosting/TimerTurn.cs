using FriendCity.Storage;

namespace FriendCity.Hosting;

/// <summary>Where one timer's status is kept: in storage, where every process sees it, or in this process's memory.</summary>
internal interface ITimerBook
{
    /// <summary>The status; a timer that has none begins with <paramref name="first"/>.</summary>
    Task<TimerStatus> ReadAsync(TimerStatus first, CancellationToken cancellation);

    /// <summary>The right to run, which only one holds at a time; null while another does.</summary>
    Task<TimerTurn?> TakeAsync(CancellationToken cancellation);
}

/// <summary>The right to run a timer, until it is disposed or lost.</summary>
/// <param name="status">Read after the right was given, so nobody else changes it meanwhile.</param>
/// <param name="record">False when the right had gone to another by then, and nothing was written.</param>
internal sealed class TimerTurn(TimerStatus status, Func<TimerStatus, Task<bool>> record, BlobLease? lease = null) : IAsyncDisposable
{
    public TimerStatus Status { get; private set; } = status;

    /// <summary>Cancelled when another may run.</summary>
    public CancellationToken Lost => lease?.Lost ?? CancellationToken.None;

    public async Task<bool> RecordAsync(TimerStatus next)
    {
        if (!await record(next))
            return false;
        Status = next;
        return true;
    }

    public ValueTask DisposeAsync() => lease?.DisposeAsync() ?? ValueTask.CompletedTask;
}
