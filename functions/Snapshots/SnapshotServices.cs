using FriendCity.Http.Errors;
using FriendCity.Operations;
using FriendCity.Records.Persistence;
using FriendCity.Records.Replication;
using FriendCity.Snapshots.Api;
using FriendCity.Snapshots.Comparison;
using FriendCity.Snapshots.Pointers;
using FriendCity.Snapshots.Publishing;
using FriendCity.Storage;
using FriendCity.Storage.TemporaryFiles;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FriendCity.Snapshots;

internal static class SnapshotServices
{
    public static IServiceCollection AddSnapshots(this IServiceCollection services, SnapshotOptions options)
    {
        services.TryAddSingleton(options);
        services.TryAddSingleton(TempFiles.Standard);
        return services
            .AddSingleton<SnapshotStore>()
            .AddSingleton<SnapshotContent>()
            .AddSingleton<PointerKeeper>()
            .AddSingleton<SnapshotNotices>()
            .AddSingleton<SnapshotData>()
            .AddSingleton(provider => new SnapshotPlace(
                SnapshotAddress.Of(provider.GetRequiredKeyedService<StorageAccount>(StorageExtensions.Snapshots).Blobs)))
            .AddSingleton<RegistryScan>()
            .AddSingleton(Source)
            .AddSingleton<SnapshotCopies>()
            .AddSingleton<SnapshotHistory>()
            .AddSingleton<SnapshotFailures>()
            .AddSingleton<SnapshotSweep>()
            .AddSingleton<SnapshotMaker>()
            .AddSingleton<SnapshotPublisher>()
            .AddSingleton<SnapshotRun>()
            .AddSingleton<SnapshotVerify>()
            .AddSingleton<SnapshotJobs>()
            .AddSingleton<OperationStore>()
            .AddSingleton(provider => new OperationKind(
                SnapshotJobs.Kinds, provider.GetRequiredService<SnapshotJobs>().RunAsync, Problems.SnapshotFailed))
            .AddSingleton<OperationRepair>(provider => provider.GetRequiredService<PointerKeeper>().WatchAsync)
            .AddSingleton<OperationRunner>()
            .AddSingleton<OperationStart>();
    }

    private static ISnapshotSource Source(IServiceProvider provider) => new PointInTimeReader(
        Of<RegistryScan>(provider), Of<ChangeFeed>(provider), Of<Replica>(provider).ReadAsync,
        Of<PastRecords>(provider), Of<TimeProvider>(provider), Of<SnapshotOptions>(provider), Of<ILogger<PointInTimeReader>>(provider));

    private static T Of<T>(IServiceProvider provider)
        where T : notnull => provider.GetRequiredService<T>();
}
