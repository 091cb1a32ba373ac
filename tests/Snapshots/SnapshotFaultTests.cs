using FriendCity.Snapshots.Publishing;
using FriendCity.Storage;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Snapshots;

/// <summary>Storage fails at the first call of a run, at the second, the third… until a run meets no fault.</summary>
public sealed class SnapshotFaultTests
{
    private const int Stride = 34;

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
            var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
            var before = later ? (await fixture.PublishAsync(SnapshotFixture.Final(20))).Id : null;
            fixture.Blobs.Heal();
            fixture.Blobs.Harm = (call, Enum.Parse<BlobFault>(fault));

            outcome = await OutcomeAsync(fixture);
            met = fixture.Blobs.Calls >= call;
            fixture.Blobs.Heal();
            fixture.Audit();
            if (outcome is SnapshotOutcome.Published { Manifest: var manifest })
                Assert.Equal(manifest.Id, fixture.CurrentId());
            else
                Assert.Equal(before, fixture.CurrentId());

            // A runner that could not give its lease back keeps others away for a minute at most.
            fixture.Clock.Advance(TimeSpan.FromSeconds(61));
            var next = await fixture.PublishAsync(SnapshotFixture.Final(22));
            fixture.Audit();
            Assert.Equal(next.Id, fixture.CurrentId());
            Assert.Equal(next.Id, fixture.Blobs.Metadata("latest/kpi_daily.csv", "snapshotid"));
            Assert.Equal(fixture.Blobs.Bytes($"snapshots/{next.Id}/kpi_daily.parquet"), fixture.Blobs.Bytes("latest/kpi_daily.parquet"));
        }

        Assert.IsType<SnapshotOutcome.Published>(outcome);
        Assert.InRange(call, 90, 130);
    }

    /// <summary>Null for a run that failed.</summary>
    private static async Task<SnapshotOutcome?> OutcomeAsync(SnapshotFixture fixture)
    {
        try
        {
            return await fixture.Run.RunAsync(SnapshotFixture.Final(21), TestContext.Current.CancellationToken);
        }
        catch (StorageException)
        {
            return null;
        }
    }
}
