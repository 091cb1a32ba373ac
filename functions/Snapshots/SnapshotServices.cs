using FriendCity.Records;
using FriendCity.Storage;

namespace FriendCity.Snapshots;

internal static class SnapshotServices
{
    public static IServiceCollection AddSnapshots(this IServiceCollection services) => services
        .AddSingleton(provider => new SnapshotStore(provider.GetRequiredService<IBlobStorage>()))
        .AddSingleton(provider => new SnapshotRun(
            provider.GetRequiredService<IBlobStorage>(),
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
            provider.GetRequiredService<ILogger<NightlySnapshot>>()));
}
