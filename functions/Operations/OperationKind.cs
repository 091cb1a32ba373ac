using FriendCity.Http.Errors;

namespace FriendCity.Operations;

/// <summary>The work itself: gets its kind, input and id, tells its progress, and can be done again after it was broken off.</summary>
internal delegate Task<OperationEnd> OperationWork(Operation operation, string input, Func<int, int, CancellationToken, Task> progress,
    CancellationToken cancellationToken);

/// <summary>Says how far a cancelled operation came; gets it and its input, and can be done again after it was broken off.</summary>
internal delegate Task<OperationEnd> OperationCancelled(Operation operation, string input, CancellationToken cancellationToken);

/// <summary>Operations of one part of the product.</summary>
/// <param name="Names">As their rows have them.</param>
/// <param name="Unfit">What is told when what they work on is not as it must be.</param>
internal sealed record OperationKind(IReadOnlyList<string> Names, OperationWork Work, ProblemCode Unfit)
{
    /// <summary>What had come of one by the time it was cancelled; nothing of its work goes on any more.</summary>
    public OperationCancelled CancelledAsync { get; init; } = (_, _, _) => Task.FromResult(new OperationEnd(null));

    /// <summary>Throws away what an operation that is over needs no longer.</summary>
    public Func<string, CancellationToken, Task> ForgetAsync { get; init; } = (_, _) => Task.CompletedTask;
}
