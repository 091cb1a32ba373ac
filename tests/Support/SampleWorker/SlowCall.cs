using System.Collections.Concurrent;

namespace FriendCity.SampleWorker;

/// <summary>How far a slow call has come.</summary>
internal sealed class SlowCall
{
    private static readonly ConcurrentDictionary<string, SlowCall> Calls = new();

    public TaskCompletionSource Begun { get; } = New();

    public TaskCompletionSource Cancelled { get; } = New();

    public TaskCompletionSource Aborted { get; } = New();

    public TaskCompletionSource LetGo { get; } = New();

    public static SlowCall Of(string name) => Calls.GetOrAdd(name, _ => new SlowCall());

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
