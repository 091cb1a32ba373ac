using FriendCity.Operations;
using FriendCity.Records.Persistence;
using FriendCity.Records.Replication;
using FriendCity.Snapshots.Api;
using FriendCity.Snapshots.Comparison;
using FriendCity.Snapshots.Pointers;
using FriendCity.Snapshots.Publishing;
using FriendCity.Storage;
using FriendCity.Storage.Blobs;
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
            .AddSingleton(provider => new SnapshotStore(Blobs(provider), spool: Of<TempFiles>(provider)))
            .AddSingleton<SnapshotContent>()
            .AddSingleton<PointerKeeper>()
            .AddSingleton<SnapshotNotices>()
            .AddSingleton<SnapshotData>()
            .AddSingleton(provider => new SnapshotPlace(
                SnapshotAddress.Of(provider.GetRequiredKeyedService<StorageAccount>(StorageExtensions.Snapshots).Blobs)))
            .AddSingleton<RegistryScan>()
            .AddSingleton(Reader)
            .AddSingleton<SnapshotCopies>()
            .AddSingleton<SnapshotHistory>()
            .AddSingleton<SnapshotFailures>()
            .AddSingleton<SnapshotSweep>()
            .AddSingleton(Run)
            .AddSingleton<OperationStore>()
            .AddSingleton(provider => new SnapshotVerify(
                Of<SnapshotStore>(provider), Of<SnapshotHistory>(provider), Of<SnapshotCopies>(provider),
                async (at, cancellationToken) =>
                    await Of<PastRecords>(provider).AtAsync(await Of<Replica>(provider).ReadAsync(cancellationToken), at, cancellationToken)))
            .AddSingleton<SnapshotJobs>()
            .AddSingleton(provider => new OperationRunner(
                Of<OperationStore>(provider), Of<SnapshotJobs>(provider).RunAsync, Of<TimeProvider>(provider),
                Of<ILogger<OperationRunner>>(provider)))
            .AddSingleton(provider => new OperationApi(
                Of<OperationStore>(provider), Of<OperationRunner>(provider), Of<PointerKeeper>(provider).WatchAsync,
                Of<ILogger<OperationApi>>(provider)))
            .AddSingleton(provider => new SnapshotApi(
                Of<SnapshotStore>(provider), Of<SnapshotContent>(provider), Of<OperationRunner>(provider), Of<OfficeCalendar>(provider),
                Of<ILogger<SnapshotApi>>(provider)))
            .AddSingleton(provider => new NightlySnapshot(
                Of<SnapshotRun>(provider),
                async cancellationToken => (
                    await Of<ChangePurge>(provider).RunAsync(Of<SnapshotOptions>(provider).ChangesKept, cancellationToken),
                    await Of<OperationStore>(provider).PurgeAsync(Of<SnapshotOptions>(provider).OperationsKept, cancellationToken)),
                Of<OfficeCalendar>(provider),
                Of<ILogger<NightlySnapshot>>(provider)));
    }

    private static PointInTimeReader Reader(IServiceProvider provider) => new(
        Of<RegistryScan>(provider), Of<ChangeFeed>(provider), Of<Replica>(provider).ReadAsync, Of<Replica>(provider).Reload,
        Of<PastRecords>(provider), Of<TimeProvider>(provider), Of<SnapshotOptions>(provider), Of<ILogger<PointInTimeReader>>(provider));

    private static SnapshotRun Run(IServiceProvider provider) => new(
        Blobs(provider),
        new SnapshotParts(
            Of<SnapshotStore>(provider), Of<PointerKeeper>(provider), token =>
                TakeAsync(Of<PointInTimeReader>(provider), token), Of<PointInTimeReader>(provider).AgreeAsync,
            Of<PointInTimeReader>(provider).StillGoneAsync, Of<SnapshotHistory>(provider), Of<SnapshotCopies>(provider),
            Of<SnapshotFailures>(provider),
            Of<SnapshotSweep>(provider), Of<SnapshotOptions>(provider)),
        Of<ChangeFeed>(provider),
        Of<OfficeCalendar>(provider),
        Of<TimeProvider>(provider),
        typeof(SnapshotServices).Assembly.GetName().Version!.ToString(3),
        Of<ILogger<SnapshotRun>>(provider));

    /// <summary>A run makes much garbage: what the day left behind goes first, or the two together would be most of what a small plan has.</summary>
    private static async Task<PointInTimeRead> TakeAsync(PointInTimeReader registry, CancellationToken cancellationToken)
    {
        var cut = await registry.TakeAsync(cancellationToken);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return cut;
    }

    private static T Of<T>(IServiceProvider provider)
        where T : notnull => provider.GetRequiredService<T>();

    /// <summary>Snapshots may have an account of their own, which people who read figures may see and records' readers need not.</summary>
    private static IBlobStorage Blobs(IServiceProvider provider) => provider.GetRequiredKeyedService<IBlobStorage>(StorageExtensions.Snapshots);
}
