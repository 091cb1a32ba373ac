using FriendCity.Storage;

namespace FriendCity.Records.Replication;

/// <summary>
/// Loads the records when the program has begun to listen, so that the first reader need not wait for it from the beginning. What the
/// records need is made then too, and not before.
/// </summary>
internal sealed class ReplicaWarmUp(IServiceProvider services, IHostApplicationLifetime lifetime, ILogger<ReplicaWarmUp> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await StartupDelay.OverAsync(lifetime, stoppingToken);
            await services.GetRequiredService<Replica>().ReadAsync(stoppingToken);
            // Loading leaves more behind than it keeps; given back at once, a small machine has it for the work to come.
            SpareMemory.GiveBack();
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
