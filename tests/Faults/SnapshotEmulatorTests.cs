using FriendCity.Snapshots.Comparison;
using FriendCity.Snapshots.Publishing;
using FriendCity.Storage;
using FriendCity.Tests.Integration.Snapshots;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Faults;

/// <summary>Storage itself ends in the middle of a run, and comes back with what it had written to disk.</summary>
public sealed class SnapshotEmulatorTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, InlineData(false, "/current.json"), InlineData(true, "/fact_project.csv", Traits = ["Set", "long"])]
    [Trait("Set", "slow")]
    public Task A_run_whose_storage_ends_is_whole_or_not_at_all_and_the_next_one_publishes(bool killed, string place) => RunAsync(killed, [place]);

    [Theory, InlineData(false), InlineData(true)]
    [Trait("Set", "long")]
    public Task Storage_may_end_at_any_step_of_a_run(bool killed) => RunAsync(killed,
    [
        "/dim_city.csv", "/kpi_daily.json", "/fact_project.parquet", "/alerts.csv", "/manifest.json", "/current.json", "/latest/kpi_daily.parquet",
        "/latest/kpi_daily.csv", "/copied.json",
    ]);

    /// <param name="places">At the write of which blob.</param>
    private static async Task RunAsync(bool killed, IReadOnlyList<string> places)
    {
        await using var azurite = await AzuriteProcess.StartAsync();
        await using var proxy = new FaultProxy(azurite.Tables, azurite.Blobs);
        using var office = SnapshotTestApp.Open(AzuriteProcess.Connection(azurite.Tables, azurite.Blobs, "office0"), StorageOptions.Default);
        await office.ImportAsync();
        await office.PublishAsync(SnapshotFixture.Final(20));
        foreach (var place in places)
        {
            // All is on disk now: what a kill loses is what the run did.
            await azurite.StopAsync();
            await azurite.RestartAsync();
            var before = await office.CurrentIdAsync();
            var id = await EndAsync(azurite, proxy, place, killed);
            var after = await office.CurrentIdAsync();
            // A killed emulator may have lost what it said it had published.
            Assert.True(after == (id ?? before) || (killed && after == before),
                $"After {place} the current snapshot is {after}, was {before}, and the run says {id ?? "that it failed"}.");
            await office.AuditAnewAsync();

            var (next, _) = await office.PublishAsync(SnapshotFixture.Final(21));
            await office.AuditAnewAsync();
            await office.AuditRepairsAsync();
            Assert.Null(await office.Services.GetRequiredService<SnapshotVerify>().RunAsync(next, (_, _, _) => Task.CompletedTask, Token));
        }
    }

    /// <summary>A run in whose middle storage ends; null for one that failed.</summary>
    private static async Task<string?> EndAsync(AzuriteProcess azurite, FaultProxy proxy, string place, bool killed)
    {
        var reached = new TaskCompletionSource();
        proxy.OnRequest = request =>
        {
            if (request.Verb == "PUT" && request.Path.EndsWith(place, StringComparison.Ordinal))
                reached.TrySetResult();
        };
        using var process = SnapshotTestApp.Open(proxy.ConnectionStringFor("office0"), StorageOptions.Default);
        var run = process.Run.RunAsync(SnapshotFixture.Final(21), Token);
        await reached.Task.WaitAsync(Timeout, Token);
        await (killed ? azurite.KillAsync() : azurite.StopAsync());
        await azurite.RestartAsync();
        proxy.OnRequest = null;
        try
        {
            return (await run.WaitAsync(Timeout, Token) as SnapshotOutcome.Published)?.Manifest.Id;
        }
        catch (Exception fault) when (fault is StorageException || (killed && fault is InvalidDataException))
        {
            // A killed emulator loses what it said it had stored, and a run that reads its files back finds them gone.
            return null;
        }
    }
}
