using FriendCity.Http.Errors;
using FriendCity.Storage;
using FriendCity.Storage.TemporaryFiles;

namespace FriendCity.Operations;

/// <summary>What came of an operation's work.</summary>
/// <param name="Error">Null when all is well.</param>
internal sealed record OperationEnd(string? Result, ProblemCode? Error = null, string? Detail = null)
{
    /// <summary>Whether the snapshot it made is the current one; null where it made none.</summary>
    public bool? IsCurrent { get; init; }

    /// <summary>What became of an import's rows, as JSON.</summary>
    public string? Import { get; init; }

    /// <summary>The address of the file it made.</summary>
    public string? File { get; init; }

    /// <summary>Steps that were done in the end; null for as many as were told on the way.</summary>
    public long? Done { get; init; }
}

/// <summary>
/// Runs operations in this process, one runner each across all processes. Work that is broken off by a kill, or by storage, is begun
/// again by the timer; one that fails for good says so in its row.
/// </summary>
internal sealed class OperationRunner(OperationStore book, IEnumerable<OperationKind> kinds, TimeProvider time, ILogger<OperationRunner> log)
    : IDisposable
{
    /// <summary>Work that could not be finished so often is given up.</summary>
    private const int MaxAttempts = 5;

    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Task Task, CancellationTokenSource Cancel)> _running = [];
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Stores an operation and begins it.</summary>
    /// <param name="id">Of one that an earlier try may have begun; null for a new one.</param>
    /// <param name="prepare">Stores what belongs to the operation of that id, before it can be run.</param>
    public async Task<Operation> StartAsync(string kind, string input, string actor, CancellationToken cancellationToken, string? id = null,
        Func<string, Task>? prepare = null)
    {
        var operation = await book.AddAsync(kind, input, actor, cancellationToken, id, prepare);
        if (!operation.IsOver)
            _ = Begin(operation.Id);
        return operation;
    }

    /// <summary>Begins whatever is not over and nobody runs; returns when this process is through with it.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll((await book.OpenAsync(cancellationToken)).Select(Begin)).WaitAsync(cancellationToken);

    /// <summary>Asks an operation to end; the one that runs it finds out within seconds, here at once. Null when there is none.</summary>
    public async Task<Operation?> CancelAsync(string id, CancellationToken cancellationToken)
    {
        var operation = await book.UpdateAsync(id, each => each with { CancelRequested = true }, cancellationToken);
        lock (_gate)
            if (_running.TryGetValue(id, out var running))
                running.Cancel.Cancel();
        return operation;
    }

    /// <summary>Completed when nothing runs in this process.</summary>
    public Task IdleAsync()
    {
        lock (_gate)
            return Task.WhenAll(_running.Values.Select(each => each.Task));
    }

    /// <summary>What runs stops where it is; another process, or this one's next start, goes on with it.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private Task Begin(string id)
    {
        lock (_gate)
        {
            if (_running.TryGetValue(id, out var running))
                return running.Task;
            var cancel = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            var task = Task.Run(() => RunAsync(id, cancel), CancellationToken.None);
            _running.Add(id, (task, cancel));
            return task;
        }
    }

    private async Task RunAsync(string id, CancellationTokenSource cancel)
    {
        StorageTimeout.End();
        try
        {
            await RunAsync(id, cancel.Token);
        }
        catch (StorageException fault)
        {
            log.LogWarning(fault, "Operation {Id} was broken off by storage; the timer begins it again", id);
        }
        catch (OperationCanceledException)
        {
            log.LogInformation("Operation {Id} was broken off", id);
        }
        catch (Exception fault)
        {
            // One that nobody thought of keeps no other from being begun.
            log.LogError(fault, "Operation {Id} could not be run; the timer begins it again", id);
        }
        finally
        {
            lock (_gate)
                _running.Remove(id);
            cancel.Dispose();
        }
    }

    private async Task RunAsync(string id, CancellationToken cancellationToken)
    {
        bool over;
        OperationKind? kind;
        await using (var lease = await book.LeaseAsync(id, log, cancellationToken))
        {
            if (lease is null || await book.InputAsync(id, cancellationToken) is not { } input)
                return;
            var operation = await book.UpdateAsync(id, each => each with { State = Operation.Running, Attempts = each.Attempts + 1 },
                cancellationToken);
            if (operation is null)
                return;
            kind = kinds.FirstOrDefault(each => each.Names.Contains(operation.Kind));
            over = operation.IsOver || await WorkAsync(operation, kind, input, cancellationToken, lease.Lost);
        }

        if (!over)
            return;
        if (kind is not null)
            await kind.ForgetAsync(id, CancellationToken.None);
        await book.ForgetInputAsync(id, CancellationToken.None);
    }

    /// <summary>False when the work is to be begun again.</summary>
    private async Task<bool> WorkAsync(Operation operation, OperationKind? kind, string input, CancellationToken stop, CancellationToken lost)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, lost);
        try
        {
            if (operation.CancelRequested)
                return await CancelledAsync(operation, kind, input, lost);
            if (operation.Attempts > MaxAttempts)
                return await EndAsync(operation.Id, Operation.Failed,
                    new OperationEnd(null, Problems.Internal, $"It was begun {MaxAttempts} times and never came to its end."));
            if (kind is null)
                throw new FormatException($"There is no kind of operation '{operation.Kind}'.");
            var end = await kind.Work(operation, input, Progress(operation.Id, either), either.Token);
            return await EndAsync(operation.Id, end.Error is null ? Operation.Succeeded : Operation.Failed, end);
        }
        catch (OperationCanceledException)
        {
            if (await book.FindAsync(operation.Id, CancellationToken.None) is not { CancelRequested: true })
                throw;
            return await CancelledAsync(operation, kind, input, lost);
        }
        catch (TempFileException fault) when (operation.Attempts < MaxAttempts)
        {
            log.LogError(fault, "Operation {Id} found no room for temporary files; the timer begins it again", operation.Id);
            await book.UpdateAsync(operation.Id, each => each with { State = Operation.Queued, Detail = fault.Message }, CancellationToken.None);
            return false;
        }
        catch (Exception fault) when (fault is not StorageException)
        {
            log.LogError(fault, "Operation {Id} failed", operation.Id);
            var code = fault switch
            {
                InvalidDataException when kind is not null => kind.Unfit,
                TempFileException => Problems.NoRoom,
                _ => Problems.Internal,
            };
            var detail = fault is InvalidDataException or TempFileException or FormatException ? fault.Message : null;
            return await EndAsync(operation.Id, Operation.Failed, new OperationEnd(null, code, detail));
        }
    }

    private async Task<bool> CancelledAsync(Operation operation, OperationKind? kind, string input, CancellationToken lost) =>
        await EndAsync(operation.Id, Operation.Cancelled, kind is null ? new(null) : await kind.CancelledAsync(operation, input, lost));

    private async Task<bool> EndAsync(string id, string state, OperationEnd end)
    {
        await book.UpdateAsync(
            id, each => each with
            {
                State = state,
                Result = end.Result,
                Error = end.Error?.Name,
                Detail = end.Detail,
                IsCurrent = end.IsCurrent,
                Import = end.Import,
                File = end.File,
                Done = end.Done ?? each.Done,
            },
            CancellationToken.None);
        log.LogInformation("Operation {Id} {State}", id, state);
        return true;
    }

    /// <summary>Told steps are written down once a second at most; on the way it is seen whether somebody cancelled.</summary>
    private Func<int, int, CancellationToken, Task> Progress(string id, CancellationTokenSource run)
    {
        var told = (long?)null;
        return async (done, total, cancellationToken) =>
        {
            if (told is { } last && done < total && time.GetElapsedTime(last) < TellEvery)
                return;
            told = time.GetTimestamp();
            if (await book.UpdateAsync(id, each => each with { Done = done, Total = total }, cancellationToken) is { CancelRequested: true })
                await run.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        };
    }
}
