using FriendCity.Snapshots.Publishing;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.PowerBi;

/// <summary>An office with the sample and a snapshot of it, made at once because nobody writes.</summary>
public sealed class PublishedOffice(Azurite azurite) : IAsyncLifetime
{
    internal Office Office { get; private set; } = null!;

    internal SnapshotStore Store => Office.Services.GetRequiredService<SnapshotStore>();

    internal string Id { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Office = await azurite.OfficeAsync(sample: true, builder => builder.Configuration["SnapshotSettleSeconds"] = "0");
        var outcome = await Office.Services.GetRequiredService<SnapshotRun>()
            .RunAsync(new SnapshotOrder(new DateOnly(2026, 3, 1), Provisional: false, Once: true), default);
        Id = Assert.IsType<SnapshotOutcome.Published>(outcome).Manifest.Id;
    }

    public ValueTask DisposeAsync() => Office.DisposeAsync();
}
