using FriendCity.Snapshots;
using FriendCity.Storage;

namespace FriendCity.Tests.Snapshots;

/// <summary>Storage fails at the first call of a run, at the second, the third… until a run meets no fault.</summary>
public sealed class SnapshotFaultTests
{
    [Theory]
    [InlineData("Refuse", false)]
    [InlineData("Refuse", true)]
    [InlineData("LoseAnswer", false)]
    [InlineData("LoseAnswer", true)]
    [InlineData("Die", false)]
    [InlineData("Die", true)]
    public async Task Whichever_call_fails_readers_see_a_whole_snapshot_and_the_next_run_publishes(string fault, bool later)
    {
        var (call, met, outcome) = (0, true, (SnapshotOutcome?)null);
        while (met)
        {
            call++;
            var bench = await Bench.OpenAsync();
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
            Assert.Equal(bench.Blobs.Bytes($"snapshots/{next.Id}/kpi_daily.json"), bench.Blobs.Bytes("latest/kpi_daily.json"));
        }

        Assert.IsType<SnapshotOutcome.Published>(outcome);
        Assert.InRange(call, 45, 80);
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
