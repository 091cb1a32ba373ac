namespace FriendCity;

/// <summary>The program's first moments belong to whoever asks for a sign of life: what can wait, waits until they are over.</summary>
internal static class StartupDelay
{
    private static readonly TimeSpan Span = TimeSpan.FromMilliseconds(250);

    /// <summary>Ends a quarter of a second after the program began to listen.</summary>
    public static async Task OverAsync(IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listening = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
        await Task.Delay(Span, cancellationToken);
    }
}
