using FriendCity.Storage;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Contracts;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Storage;

/// <summary>Storage that freezes, stops and comes back; and the harness that makes it so.</summary>
public sealed class StorageOutageTests(Azurite azurite)
{
    private static readonly TableRow Row = new("p", "r", new Dictionary<string, object> { ["Name"] = "青岛" });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Frozen_storage_is_a_StorageException_within_the_bound_and_thawed_storage_answers_again()
    {
        await using var own = await AzuriteProcess.StartAsync();
        var tables = StorageClients.Tables(own.ConnectionString, StorageClients.Quick with { TryTimeout = TimeSpan.FromMilliseconds(100) });
        await StorageClients.Tables(own.ConnectionString).EnsureTableAsync("cities", Token);
        await own.FreezeAsync();
        var start = TimeProvider.System.GetTimestamp();
        await Assert.ThrowsAsync<StorageException>(() => tables.GetAsync("cities", "p", "r", Token));
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(10));
        await own.ThawAsync();
        Assert.Null(await StorageClients.Tables(own.ConnectionString).GetAsync("cities", "p", "r", Token));
    }

    [Fact]
    public async Task Stopped_storage_is_a_StorageException_and_has_kept_its_rows_when_it_is_back()
    {
        await using var own = await AzuriteProcess.StartAsync();
        var (tables, blobs) = (StorageClients.Tables(own.ConnectionString), StorageClients.Blobs(own.ConnectionString));
        await tables.EnsureTableAsync("cities", Token);
        await tables.SubmitAsync("cities", [TableOperation.Insert(Row)], Token);
        await own.StopAsync();
        await Assert.ThrowsAsync<StorageException>(() => tables.GetAsync("cities", "p", "r", Token));
        await Assert.ThrowsAsync<StorageException>(() => blobs.EnsureContainerAsync("snapshots", Token));
        await own.RestartAsync();
        Assert.Equal("青岛", (await tables.GetAsync("cities", "p", "r", Token))?.Text("Name"));
    }

    [Fact]
    public async Task Killed_storage_can_be_started_again()
    {
        await using var own = await AzuriteProcess.StartAsync();
        await own.KillAsync();
        await Assert.ThrowsAsync<StorageException>(() => StorageClients.Tables(own.ConnectionString).GetAsync("cities", "p", "r", Token));
        await own.RestartAsync();
        Assert.Null(await StorageClients.Tables(own.ConnectionString).GetAsync("cities", "p", "r", Token));
    }

    [Fact]
    public async Task Retry_After_from_the_network_is_waited_for()
    {
        await using var proxy = await azurite.ProxyAsync();
        proxy.On(new Fault.Answer(503, RetryAfter: "1"), "GET");
        var start = TimeProvider.System.GetTimestamp();
        Assert.Null(await StorageClients.Tables(proxy.ConnectionString).GetAsync(Scratch.Table(), "p", "r", Token));
        Assert.Equal(2, proxy.Requests.Count);
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(950));
    }

    [Fact]
    public async Task The_proxy_counts_requests_over_both_services_and_tells_of_each_before_it_is_forwarded()
    {
        await using var proxy = await azurite.ProxyAsync();
        var (table, container) = (Scratch.Table(), Scratch.Container());
        var heard = new List<(int, string, bool)>();
        var direct = StorageClients.Tables(await azurite.ConnectionStringAsync());
        await direct.EnsureTableAsync(table, Token);
        proxy.OnRequest = request => heard.Add((request.Number, request.Verb, Stored()));
        await StorageClients.Blobs(proxy.ConnectionString).EnsureContainerAsync(container, Token);
        await StorageClients.Tables(proxy.ConnectionString).SubmitAsync(table, [TableOperation.Insert(Row)], Token);
        await StorageClients.Tables(proxy.ConnectionString).GetAsync(table, "p", "r", Token);
        Assert.Equal([(1, "PUT", false), (2, "POST", false), (3, "GET", true)], heard);
        Assert.Equal([1, 2, 3], proxy.Requests.Select(request => request.Number));

        bool Stored() => Task.Run(() => direct.GetAsync(table, "p", "r", Token)).GetAwaiter().GetResult() is not null;
    }

    [Fact]
    public async Task A_delayed_request_arrives_late_but_whole()
    {
        await using var proxy = await azurite.ProxyAsync();
        proxy.On(new Fault.Delay(TimeSpan.FromMilliseconds(300)), nth: 2, times: 1);
        var tables = StorageClients.Tables(proxy.ConnectionString);
        var table = Scratch.Table();
        await tables.EnsureTableAsync(table, Token);
        var start = TimeProvider.System.GetTimestamp();
        Assert.IsType<TableSubmit.Committed>(await tables.SubmitAsync(table, [TableOperation.Insert(Row)], Token));
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(290));
        Assert.Equal(2, proxy.Requests.Count);
    }
}
