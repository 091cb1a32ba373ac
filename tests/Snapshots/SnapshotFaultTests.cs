using FriendCity.Snapshots.Publishing;
using FriendCity.Storage;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Snapshots;

/// <summary>Storage fails at the first call of a run, at the second, the third… until a run meets no fault.</summary>
public sealed class SnapshotFaultTests
{
    private const int Stride = 17;

    /// <summary>The files and their checks take the calls before.</summary>
    private const int FirstOfSwap = 85;

    [Theory]
    [InlineData("Refuse", false)]
    [InlineData("Refuse", true)]
    [InlineData("LoseAnswer", false)]
    [InlineData("LoseAnswer", true)]
    [InlineData("Die", false)]
    [InlineData("Die", true)]
    public Task Whichever_call_fails_readers_see_a_whole_snapshot_and_the_next_run_publishes(string fault, bool later) =>
        LoopAsync(fault, later, Stride);

    [Theory]
    [InlineData("Refuse", false)]
    [InlineData("Refuse", true)]
    [InlineData("LoseAnswer", false)]
    [InlineData("LoseAnswer", true)]
    [InlineData("Die", false)]
    [InlineData("Die", true)]
    [Trait("Set", "long")]
    public Task Every_single_call_may_fail(string fault, bool later) => LoopAsync(fault, later, 1);

    private static async Task LoopAsync(string fault, bool later, int stride)
    {
        // The swap and what comes after it are always gone through one by one: that is where something can be half done.
        var (call, met, outcome) = (0, true, (SnapshotOutcome?)null);
        while (met)
        {
            call += call < FirstOfSwap ? stride : 1;
            var bench = new Bench(await SmallSample.LoadAsync());
            var before = later ? (await bench.PublishAsync(Bench.Final(20))).Id : null;
            bench.Blobs.Heal();
            bench.Blobs.Harm = (call, Enum.Parse<BlobFault>(fault));

            outcome = await OutcomeAsync(bench);
            met = bench.Blobs.Calls >= call;
            bench.Blobs.Heal();
            bench.Audit();
            if (outcome is SnapshotOutcome.Published { Manifest: var manifest })
                Assert.Equal(manifest.Id, bench.CurrentId());
            else
                Assert.Equal(before, bench.CurrentId());

            // A runner that could not give its lease back keeps others away for a minute at most.
            bench.Clock.Advance(TimeSpan.FromSeconds(61));
            var next = await bench.PublishAsync(Bench.Final(22));
            bench.Audit();
            Assert.Equal(next.Id, bench.CurrentId());
            Assert.Equal(next.Id, bench.Blobs.Metadata("latest/kpi_daily.csv", "snapshotid"));
            Assert.Equal(bench.Blobs.Bytes($"snapshots/{next.Id}/kpi_daily.parquet"), bench.Blobs.Bytes("latest/kpi_daily.parquet"));
        }

        Assert.IsType<SnapshotOutcome.Published>(outcome);
        Assert.InRange(call, 90, 130);
    }

    /// <summary>Null for a run that failed.</summary>
    private static async Task<SnapshotOutcome?> OutcomeAsync(Bench bench)
    {
        try
        {
            return await bench.Run.RunAsync(Bench.Final(21), TestContext.Current.CancellationToken);
        }
        catch (StorageException)
        {
            return null;
        }
    }
}
