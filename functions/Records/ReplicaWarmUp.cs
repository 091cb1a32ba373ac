using FriendCity.Storage;

namespace FriendCity.Records;

/// <summary>
/// Loads the records as soon as the program listens, so that the first reader need not wait for it from the beginning. What the records
/// need is made then too, and not before: who asks for a sign of life is answered first.
/// </summary>
internal sealed class ReplicaWarmUp(IServiceProvider services, IHostApplicationLifetime lifetime, ILogger<ReplicaWarmUp> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listening = lifetime.ApplicationStarted.Register(started.SetResult);
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            await services.GetRequiredService<Replica>().ReadAsync(stoppingToken);
            // Loading leaves more behind than it keeps; given back at once, a small machine has it for the work to come.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends, perhaps before it ever listened.
        }
        catch (StorageException fault)
        {
            // The next read tries again.
            log.LogWarning(fault, "The records could not be loaded yet");
        }
    }
}
