using FriendCity.Records;
using FriendCity.Storage;

namespace FriendCity.Snapshots;

internal static class SnapshotServices
{
    public static IServiceCollection AddSnapshots(this IServiceCollection services) => services
        .AddSingleton(provider => new SnapshotStore(Blobs(provider)))
        .AddSingleton(provider => new SnapshotRun(
            Blobs(provider),
            provider.GetRequiredService<SnapshotStore>(),
            provider.GetRequiredService<Replica>().ReadAsync,
            provider.GetRequiredService<ChangeFeed>(),
            provider.GetRequiredService<TimeProvider>(),
            typeof(SnapshotServices).Assembly.GetName().Version!.ToString(3),
            provider.GetRequiredService<ILogger<SnapshotRun>>()))
        .AddSingleton(provider => new SnapshotApi(
            provider.GetRequiredService<SnapshotStore>(),
            provider.GetRequiredService<SnapshotRun>(),
            provider.GetRequiredService<OfficeCalendar>(),
            provider.GetRequiredService<ILogger<SnapshotApi>>()))
        .AddSingleton(provider => new NightlySnapshot(
            provider.GetRequiredService<SnapshotRun>(),
            provider.GetRequiredService<OfficeCalendar>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<NightlySnapshot>>()));

    /// <summary>Snapshots may have an account of their own, which people who read figures may see and records' readers need not.</summary>
    private static IBlobStorage Blobs(IServiceProvider provider) => provider.GetRequiredKeyedService<IBlobStorage>(StorageExtensions.Snapshots);
}
