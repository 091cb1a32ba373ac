using FriendCity.Operations;
using FriendCity.Snapshots;
using FriendCity.Storage;
using FriendCity.Storage.Blobs;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Hosting;

namespace FriendCity.Tests.Snapshots;

public sealed class SnapshotAccountTests(Azurite azurite)
{
    [Fact]
    public async Task Snapshots_go_to_the_account_that_is_named_for_them_and_nowhere_else()
    {
        var other = await azurite.ConnectionStringAsync(azurite.NewAccount());
        await using var office = await azurite.OfficeAsync(sample: true, builder => AtOnce(builder).Configuration["Snapshots"] = other);
        await RunAsync(office);

        Assert.NotEmpty(await NamesAsync(office.Services.GetRequiredKeyedService<IBlobStorage>(StorageExtensions.Snapshots)));
        Assert.Empty(await NamesAsync(office.Services.GetRequiredService<IBlobStorage>()));
        Assert.Single((await office.GetAsync("/api/v1/snapshots"))["value"]!);
    }

    [Fact]
    public async Task Without_such_an_account_they_stand_beside_the_records()
    {
        await using var office = await azurite.OfficeAsync(sample: true, builder => AtOnce(builder));
        await RunAsync(office);
        Assert.NotEmpty(await NamesAsync(office.Services.GetRequiredService<IBlobStorage>()));
    }

    /// <summary>Nothing is being written here, so nothing is waited for.</summary>
    private static IHostApplicationBuilder AtOnce(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(SnapshotOptions.Default with { Settle = TimeSpan.Zero });
        return builder;
    }

    private static async Task RunAsync(Office office)
    {
        var accepted = await office.SendAsync("POST", "/api/v1/snapshots");
        Assert.Equal(202, accepted.Status);
        await office.Services.GetRequiredService<OperationRunner>().IdleAsync();
        Assert.Equal("succeeded", (string?)(await office.GetAsync(accepted.Location!.ToString()))["state"]);
    }

    private static async Task<List<string>> NamesAsync(IBlobStorage blobs)
    {
        var names = new List<string>();
        await foreach (var item in blobs.ListAsync("snapshots", "", TestContext.Current.CancellationToken))
            names.Add(item.Name);
        return names;
    }
}
