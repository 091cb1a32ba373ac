using System.Text;
using FriendCity.Snapshots.Publishing;
using FriendCity.Storage;
using FriendCity.Storage.Blobs;
using FriendCity.Storage.TemporaryFiles;
using FriendCity.Tests.Contracts;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Snapshots;

/// <summary>The same runs over the storage emulator and our REST adapter, with the network doing harm in between.</summary>
public sealed class AzuriteSnapshotTests(Azurite azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Snapshots_follow_each_other()
    {
        var (run, store, blobs, container) = await OpenAsync(await azurite.ConnectionStringAsync());
        Assert.Empty(await store.PublishedAsync(Token));
        var first = await PublishAsync(run, SnapshotFixture.Provisional(21));
        var second = await PublishAsync(run, SnapshotFixture.Final(21));
        Assert.Equal([(second.Id, null), (first.Id, second.Id)], (await store.PublishedAsync(Token)).Select(each => (each.Id, each.SupersededBy)));
        Assert.Equal(first.Id, second.HistoryFrom);
        await AuditAsync(store, second);

        await using var latest = await blobs.GetAsync(new BlobName(container, "latest/kpi_daily.csv"), null, Token);
        Assert.Equal(second.Id, latest!.Metadata["snapshotid"]);
        using var text = new StreamReader(latest.Content, Encoding.UTF8);
        Assert.StartsWith("snapshot_date,view,kpi_id,", await text.ReadToEndAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_one_runs_another_is_busy()
    {
        var (run, store, blobs, _) = await OpenAsync(await azurite.ConnectionStringAsync());
        await store.PrepareAsync(Token);
        var lease = await blobs.AcquireLeaseAsync(store.Current, TimeSpan.FromSeconds(15), Token);
        Assert.IsType<SnapshotOutcome.Busy>(await run.RunAsync(SnapshotFixture.Final(21), Token));
        await blobs.ReleaseLeaseAsync(store.Current, lease!, Token);
        await PublishAsync(run, SnapshotFixture.Final(21));
    }

    [Theory]
    [InlineData("/current.json")]
    [InlineData("/dim_city.csv")]
    [InlineData("/manifest.json")]
    [InlineData("/latest/kpi_daily.parquet")]
    public async Task A_write_whose_answer_is_lost_once_does_not_keep_a_run_from_publishing(string path)
    {
        await using var proxy = await azurite.ProxyAsync();
        var (run, store, _, _) = await OpenAsync(proxy.ConnectionString);
        await PublishAsync(run, SnapshotFixture.Final(20));
        var before = proxy.Requests.Count;
        proxy.On(request => request.Verb == "PUT" && request.Path.EndsWith(path, StringComparison.Ordinal), new Fault.DropAnswer());
        var manifest = await PublishAsync(run, SnapshotFixture.Final(21));
        Assert.Equal(2, proxy.Requests.Skip(before).Count(request => request.Verb == "PUT" && request.Path.EndsWith(path, StringComparison.Ordinal)));
        await AuditAsync(store, manifest);
    }

    [Fact]
    public async Task A_swap_whose_answers_are_all_lost_is_found_to_be_made()
    {
        await using var proxy = await azurite.ProxyAsync();
        var (run, store, _, _) = await OpenAsync(proxy.ConnectionString);
        await PublishAsync(run, SnapshotFixture.Final(20));
        proxy.On(request => request.Verb == "PUT" && request.Path.EndsWith("/current.json", StringComparison.Ordinal), new Fault.DropAnswer(),
            times: 10);
        await AuditAsync(store, await PublishAsync(run, SnapshotFixture.Final(21)));
    }

    [Fact]
    public async Task A_swap_that_never_reaches_storage_leaves_the_snapshot_before()
    {
        await using var proxy = await azurite.ProxyAsync();
        var (run, store, _, _) = await OpenAsync(proxy.ConnectionString);
        var before = await PublishAsync(run, SnapshotFixture.Final(20));
        proxy.On(request => request.Verb == "PUT" && request.Path.EndsWith("/current.json", StringComparison.Ordinal), new Fault.Reset(), times: 10);
        await Assert.ThrowsAsync<StorageException>(() => run.RunAsync(SnapshotFixture.Final(21), Token));
        await AuditAsync(store, before);
        proxy.Heal();
        await AuditAsync(store, await PublishAsync(run, SnapshotFixture.Final(21)));
    }

    [Fact]
    public async Task A_runner_that_was_frozen_while_another_published_is_refused_by_storage()
    {
        var direct = await azurite.ConnectionStringAsync();
        var (run, store, _, container) = await OpenAsync(direct);
        await PublishAsync(run, SnapshotFixture.Final(20));
        await using var proxy = await azurite.ProxyAsync();
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        proxy.OnRequest = request =>
        {
            if (request.Verb != "PUT" || !request.Path.EndsWith($"/{container}/current.json", StringComparison.Ordinal))
                return;
            reached.TrySetResult();
            go.Task.GetAwaiter().GetResult();
        };

        // Its clock stands still, as a stopped process's: it renews nothing, and learns of nothing.
        var blobs = StorageClients.Blobs(proxy.ConnectionString);
        var frozen = (await SnapshotFixture.OpenAsync())
            .NewRun(blobs, new SnapshotStore(blobs, TempFiles.Standard, container), new FakeClock(TimeProvider.System.GetUtcNow()))
            .RunAsync(SnapshotFixture.Final(21), Token);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
        // Breaking the lease is what a minute would do.
        Assert.Equal(202, await StorageClients.BreakLeaseAsync(direct, store.Current));
        var other = await PublishAsync(run, SnapshotFixture.Final(21));
        var pointer = (await store.CurrentAsync(Token)).ETag;
        go.SetResult();

        Assert.IsType<SnapshotOutcome.Overtaken>(await frozen);
        Assert.Equal(pointer, (await store.CurrentAsync(Token)).ETag);
        await AuditAsync(store, other);
    }

    private static async Task<(SnapshotRun Run, SnapshotStore Store, IBlobStorage Blobs, string Container)> OpenAsync(string connection)
    {
        var (blobs, container) = (StorageClients.Blobs(connection), Scratch.Container());
        var store = new SnapshotStore(blobs, TempFiles.Standard, container);
        return ((await SnapshotFixture.OpenAsync()).NewRun(blobs, store, TimeProvider.System), store, blobs, container);
    }

    private static async Task<SnapshotManifest> PublishAsync(SnapshotRun run, SnapshotJob job) =>
        Assert.IsType<SnapshotOutcome.Published>(await run.RunAsync(job, Token)).Manifest;

    private static async Task AuditAsync(SnapshotStore store, SnapshotManifest manifest)
    {
        var pointer = (await store.CurrentAsync(Token)).Pointer;
        Assert.Equal(manifest.Id, pointer.Published[0].Id);
        Assert.Equal(pointer.Sha256, SnapshotStore.Hash((await store.BytesAsync(manifest.Id, "manifest.json", Token))!));
        foreach (var file in manifest.Files)
            Assert.Equal(file.Sha256, SnapshotStore.Hash((await store.BytesAsync(manifest.Id, file.Name, Token))!));
    }
}
