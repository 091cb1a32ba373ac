using FriendCity.Storage;

namespace FriendCity.Records;

/// <summary>Loads the records as soon as the program listens, so that the first reader need not wait for it from the beginning.</summary>
internal sealed class ReplicaWarmUp(Replica replica, IHostApplicationLifetime lifetime, ILogger<ReplicaWarmUp> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var listening = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        try
        {
            await replica.ReadAsync(stoppingToken);
        }
        catch (StorageException fault)
        {
            // The next read tries again.
            log.LogWarning(fault, "The records could not be loaded yet");
        }
    }
}
