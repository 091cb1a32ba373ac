using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Publishing;
using FriendCity.Storage;
using FriendCity.Tests.Integration.Snapshots;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Faults;

/// <summary>
/// F1: the Nth storage request of a run fails, without the adapter's own retries. The run ends published or cleanly failed, and the next one
/// publishes.
/// </summary>
public sealed class SnapshotStorageFaultTests : IAsyncDisposable
{
    private static readonly string[] Faults = [nameof(Fault.Answer), nameof(Fault.Reset), nameof(Fault.DropAnswer), nameof(Fault.HalfBody)];

    private readonly FreshAccounts _accounts = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Set", "slow")]
    public async Task A_snapshot_that_storage_fails_ends_whole_or_not_at_all_and_the_next_run_publishes()
    {
        await using var stage = await OpenAsync(_accounts);
        var requests = await stage.RunAsync(int.MaxValue, new Fault.Reset());
        // Loading, the lease, the scan, a file, its check; then the manifest, the swap, the copies, the sweep and the lease's end.
        int[] places = [2, 35, requests / 2, stage.LastPut("/manifest.json"), stage.LastPut("/current.json"), stage.LastPut("/latest/"),
            stage.LastPut("/history/kpi_daily/"), stage.LastPut("/copied.json"), requests - 5, requests];
        foreach (var (i, n) in places.Index())
            await stage.RunAsync(n, FaultCases.Of(Faults[i % Faults.Length]));
        Assert.InRange(stage.Failures, 1, 8);
    }

    [Theory]
    [Trait("Set", "long")]
    [InlineData(nameof(Fault.Answer))]
    [InlineData(nameof(Fault.Reset))]
    [InlineData(nameof(Fault.DropAnswer))]
    [InlineData(nameof(Fault.HalfBody))]
    public async Task A_snapshot_may_meet_a_fault_at_any_request(string fault)
    {
        var failures = 0;
        var requests = await EveryRequest.MeetAsync(OpenAsync, async (stage, n) =>
        {
            var (before, made) = (stage.Failures, await stage.RunAsync(n, FaultCases.Of(fault)));
            Interlocked.Add(ref failures, stage.Failures - before);
            return made >= n;
        });
        // From the first table that is made sure of to the lease's end, and every file of an old snapshot is swept on the way.
        Assert.InRange(requests, 59 + (3 * SnapshotMajors.Files.Count), 500);
        // The HTTP client itself asks again for what was reset, or broken off, on a connection used before.
        Assert.InRange(failures, 1, requests);
    }

    public ValueTask DisposeAsync() => _accounts.DisposeAsync();

    private static async Task<Stage> OpenAsync(FreshAccounts accounts)
    {
        var (proxy, harmed, direct) = await accounts.NextAsync();
        var office = SnapshotTestApp.Open(direct);
        await office.ImportAsync(SmallSample.Folder);
        // From now on each run sweeps the files of one snapshot, so all make the same requests.
        for (var kept = 0; kept < 3; kept++)
            await office.PublishAsync(SnapshotFixture.Final(20));
        return new Stage(proxy, harmed, office);
    }

    private sealed class Stage(FaultProxy proxy, string harmed, SnapshotTestApp office) : IAsyncDisposable
    {
        private int _leases;
        private List<ProxiedRequest> _last = [];

        public int Failures { get; private set; }

        /// <summary>Which of the last run's requests was the last one to write such a blob.</summary>
        public int LastPut(string path) => 1 + _last.FindLastIndex(request => request.Verb == "PUT"
            && request.Path.Contains(path, StringComparison.Ordinal) && !request.Path.Contains("comp=", StringComparison.Ordinal));

        /// <summary>A run whose Nth request fails, and one after it that nothing fails; answers how many requests the first made.</summary>
        public async Task<int> RunAsync(int n, Fault fault)
        {
            await office.ChangeAsync();
            var (before, count) = (await office.CurrentIdAsync(), proxy.Requests.Count);
            proxy.On(fault, nth: n);
            if (await RunAsync() is { } id)
                Assert.Equal(id, await office.CurrentIdAsync());
            else
                Assert.Equal((before, true), (await office.CurrentIdAsync(), ++Failures > 0));
            proxy.Heal();
            var requests = _last = [.. proxy.Requests.Skip(count)];
            // A run that came no further than to loading the records leaves everything as the last one left it.
            if (!requests.Exists(request => request.Path.Contains("/snapshots", StringComparison.Ordinal)))
                return requests.Count;
            await office.AuditAsync();

            // A lease stays behind only when giving it back, or taking it, is what fails.
            _leases += (await office.PublishAsync(SnapshotFixture.Final(21))).WasLeased ? 1 : 0;
            Assert.InRange(_leases, 0, 3);
            await office.AuditAsync();
            await office.AuditRepairsAsync();
            return requests.Count;
        }

        public async ValueTask DisposeAsync()
        {
            office.Dispose();
            await proxy.DisposeAsync();
        }

        /// <summary>A process of its own, which loads the records first. Null for a run that failed.</summary>
        private async Task<string?> RunAsync()
        {
            using var process = SnapshotTestApp.Open(harmed, StorageOptions.Default with { Retries = 0 });
            try
            {
                return Assert.IsType<SnapshotOutcome.Published>(await process.Run.RunAsync(SnapshotFixture.Final(21), Token)).Manifest.Id;
            }
            catch (StorageException)
            {
                return null;
            }
        }
    }
}
