namespace FriendCity.Hosting;

/// <summary>
/// The life of one timer: wait, take the right to run, run, record. The record comes after the run and before the right is given
/// back, so each instant is run for once, whichever process does it; a process that dies in between leaves the instant due,
/// and it is run for again.
/// </summary>
/// <param name="call">Calls the function.</param>
internal sealed partial class TimerLoop(
    Function function, TimerSchedule schedule, ITimerBook book, Func<TimerInfo, CancellationToken, Task> call, TimeProvider clock, ILogger logger)
{
    // A delay ends late when the machine slept or its clock was put forward, so the clock is looked at in between.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    // When another process runs the timer, or storage does not answer.
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(15);

    // A busy machine alone does not make a run past due.
    private static readonly TimeSpan PastDueAfter = TimeSpan.FromSeconds(5);

    private bool _started;
    private TimerStatus? _known;

    /// <summary>What storage could not be told: the run must not be repeated for that.</summary>
    private TimerStatus? _unrecorded;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Ends when it is told to, or when the schedule has no further instant.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (await StepAsync(cancellation) is { } wait)
                await Task.Delay(wait, clock, cancellation);
            Log.NeverDue(logger, function.Name);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The server is stopping.
        }
    }

    /// <summary>How long to wait before the next step; null when there is none.</summary>
    private async Task<TimeSpan?> StepAsync(CancellationToken cancellation)
    {
        if (_started && _known?.Next is { } awaited && awaited > Now)
            return WaitFor(awaited);
        try
        {
            Learn(await book.ReadAsync(_known ?? TimerStatus.First(schedule, Now), cancellation));
            if (NeedsTurn(_known!))
            {
                await using var turn = await book.TakeAsync(cancellation);
                if (turn is null)
                    return TryAgainAfter;
                await UseAsync(turn, cancellation);
                _known = turn.Status;
            }

            _started = true;
            return _known!.Next is { } next ? WaitFor(next) : null;
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            Log.NoStatus(logger, function.Name, TryAgainAfter, error);
            return TryAgainAfter;
        }
    }

    private void Learn(TimerStatus status)
    {
        if (_unrecorded is null && _known?.Next is { } awaited && status.Next > awaited)
            Log.Skipped(logger, function.Name, awaited);
        if (!_started && status.Updated - Now > LongestWait)
            Log.Ahead(logger, function.Name, status.Updated, status.Next);
        _known = status;
    }

    private bool NeedsTurn(TimerStatus status) =>
        status.Next <= Now || _unrecorded is not null || (!_started && (function.Timer!.RunOnStartup || !status.Follows(schedule)));

    private async Task UseAsync(TimerTurn turn, CancellationToken cancellation)
    {
        if (_unrecorded is { } done && !(turn.Status.Next > done.Last))
            await RecordAsync(turn, done);
        _unrecorded = null;
        if (!_started && !turn.Status.Follows(schedule))
            await RecordAsync(turn, turn.Status.Under(schedule, Now));

        var first = !_started && function.Timer!.RunOnStartup;
        _started = true;
        if (first || turn.Status.Next <= Now)
            await RunAsync(turn, cancellation);
    }

    private async Task RunAsync(TimerTurn turn, CancellationToken cancellation)
    {
        var now = Now;
        var first = turn.Status.Next;
        var due = first <= now ? schedule.Latest(first.Value, now) : (DateTime?)null;
        var late = now - first > PastDueAfter;
        if (late)
            Log.PastDue(logger, function.Name, due, first);
        else
            Log.Runs(logger, function.Name, due);

        var info = new TimerInfo { IsPastDue = late, ScheduleStatus = function.Timer!.UseMonitor ? turn.Status.Told(due ?? first) : null };
        if (!await CallAsync(info, turn.Lost, cancellation))
            return;

        _unrecorded = turn.Status.After(due ?? now, Now, schedule);
        await RecordAsync(turn, _unrecorded);
        _unrecorded = null;
    }

    private static async Task RecordAsync(TimerTurn turn, TimerStatus status)
    {
        if (!await turn.RecordAsync(status))
            throw new TimeoutException("The right to run has gone to another process, so nothing was recorded.");
    }

    /// <summary>False when the run was broken off because another process may have begun it.</summary>
    private async Task<bool> CallAsync(TimerInfo info, CancellationToken lost, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lost);
        try
        {
            await call(info, either.Token);
        }
        catch (Exception error)
        {
            // Broken off by the end of the program, the run is made up for after the next start.
            cancellation.ThrowIfCancellationRequested();
            if (lost.IsCancellationRequested)
            {
                Log.BrokenOff(logger, function.Name, error);
                return false;
            }

            Log.Failed(logger, function.Name, error);
        }

        return true;
    }

    private TimeSpan WaitFor(DateTime instant)
    {
        var left = instant - Now;
        return left > LongestWait ? LongestWait : left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "The timer {Function} runs for {Due}.")]
        public static partial void Runs(ILogger logger, string function, DateTime? due);

        [LoggerMessage(LogLevel.Warning, "The timer {Function} runs late for {Due}, and makes up with it for all it missed since {First}.")]
        public static partial void PastDue(ILogger logger, string function, DateTime? due, DateTime? first);

        [LoggerMessage(LogLevel.Information, "Skipped: another process ran the timer {Function} for {Due}.")]
        public static partial void Skipped(ILogger logger, string function, DateTime due);

        [LoggerMessage(LogLevel.Warning, "The timer {Function} has run up to {Updated}, which this clock has not reached; it runs next at {Next}.")]
        public static partial void Ahead(ILogger logger, string function, DateTime updated, DateTime? next);

        [LoggerMessage(LogLevel.Error, "The timer {Function} failed; its next run is as scheduled.")]
        public static partial void Failed(ILogger logger, string function, Exception error);

        [LoggerMessage(LogLevel.Warning, "The timer {Function} was broken off, because another process may run it by now.")]
        public static partial void BrokenOff(ILogger logger, string function, Exception error);

        [LoggerMessage(LogLevel.Error, "The status of the timer {Function} could not be read or recorded; the next try is after {Wait}.")]
        public static partial void NoStatus(ILogger logger, string function, TimeSpan wait, Exception error);

        [LoggerMessage(LogLevel.Warning, "The schedule of the timer {Function} has no further instant.")]
        public static partial void NeverDue(ILogger logger, string function);
    }
}
