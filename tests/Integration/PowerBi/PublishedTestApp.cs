using FriendCity.Snapshots.Publishing;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.PowerBi;

/// <summary>An office with the sample and a snapshot of it, made at once because nobody writes.</summary>
public sealed class PublishedTestApp(Azurite azurite) : IAsyncLifetime
{
    internal TestApp App { get; private set; } = null!;

    internal SnapshotStore Store => App.Services.GetRequiredService<SnapshotStore>();

    internal string Id { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        App = await azurite.OfficeAsync(sample: true, builder => builder.Configuration["SnapshotSettleSeconds"] = "0");
        var outcome = await App.Services.GetRequiredService<SnapshotRun>()
            .RunAsync(new SnapshotJob(new DateOnly(2026, 3, 1), Provisional: false, Once: true), default);
        Id = Assert.IsType<SnapshotOutcome.Published>(outcome).Manifest.Id;
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
