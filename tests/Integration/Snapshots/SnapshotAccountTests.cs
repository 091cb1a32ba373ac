using FriendCity.Operations;
using FriendCity.Snapshots;
using FriendCity.Storage;
using FriendCity.Storage.Blobs;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Hosting;

namespace FriendCity.Tests.Integration.Snapshots;

public sealed class SnapshotAccountTests(Azurite azurite)
{
    [Fact]
    public async Task Snapshots_go_to_the_account_that_is_named_for_them_and_nowhere_else()
    {
        var other = await azurite.ConnectionStringAsync(azurite.NewAccount());
        await using var app = await azurite.OfficeAsync(sample: true, builder => Concurrency(builder).Configuration["Snapshots"] = other);
        await RunAsync(app);

        Assert.NotEmpty(await NamesAsync(app.Services.GetRequiredKeyedService<IBlobStorage>(StorageExtensions.Snapshots)));
        Assert.Empty(await NamesAsync(app.Services.GetRequiredService<IBlobStorage>()));
        Assert.Single((await app.GetAsync("/api/v1/snapshots"))["value"]!);
    }

    [Fact]
    public async Task Without_such_an_account_they_stand_beside_the_records()
    {
        await using var app = await azurite.OfficeAsync(sample: true, builder => Concurrency(builder));
        await RunAsync(app);
        Assert.NotEmpty(await NamesAsync(app.Services.GetRequiredService<IBlobStorage>()));
    }

    /// <summary>Nothing is being written here, so nothing is waited for.</summary>
    private static IHostApplicationBuilder Concurrency(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(SnapshotOptions.Default with { Settle = TimeSpan.Zero });
        return builder;
    }

    private static async Task RunAsync(TestApp app)
    {
        var accepted = await app.SendAsync("POST", "/api/v1/snapshots");
        Assert.Equal(202, accepted.Status);
        await app.Services.GetRequiredService<OperationRunner>().IdleAsync();
        Assert.Equal("succeeded", (string?)(await app.GetAsync(accepted.Location!.ToString()))["state"]);
    }

    private static async Task<List<string>> NamesAsync(IBlobStorage blobs)
    {
        var names = new List<string>();
        await foreach (var item in blobs.ListAsync("snapshots", "", TestContext.Current.CancellationToken))
            names.Add(item.Name);
        return names;
    }
}
