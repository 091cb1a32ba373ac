using FriendCity.Snapshots.Publishing;
using FriendCity.Storage;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Snapshots;

/// <summary>Storage fails at the first call of a run, at the second, the third… until a run meets no fault.</summary>
public sealed class SnapshotFaultTests
{
    /// <summary>The files and their checks take the calls before.</summary>
    private const int FirstOfSwap = 97;

    /// <summary>Calls from one fault to the next, of the files and of the swap.</summary>
    private static readonly (int Files, int Swap) Some = (49, 6);

    [Theory]
    [InlineData("Refuse", false, Traits = ["Set", "long"])]
    [InlineData("Refuse", true)]
    [InlineData("LoseAnswer", false)]
    [InlineData("LoseAnswer", true, Traits = ["Set", "long"])]
    [InlineData("Die", false, Traits = ["Set", "long"])]
    [InlineData("Die", true)]
    public Task Whichever_call_fails_readers_see_a_whole_snapshot_and_the_next_run_publishes(string fault, bool later) =>
        LoopAsync(fault, later, Some);

    [Theory]
    [InlineData("Refuse", false)]
    [InlineData("Refuse", true)]
    [InlineData("LoseAnswer", false)]
    [InlineData("LoseAnswer", true)]
    [InlineData("Die", false)]
    [InlineData("Die", true)]
    [Trait("Set", "long")]
    public Task Every_single_call_may_fail(string fault, bool later) => LoopAsync(fault, later, (1, 1));

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_run_whose_storage_is_away_at_the_swap_waits_for_it_and_says_what_came_of_it(bool swapped)
    {
        var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
        var before = (await fixture.PublishAsync(SnapshotFixture.Final(20))).Id;
        fixture.Options = fixture.Options with { SwapPatience = TimeSpan.FromMinutes(1) };
        var away = 0;
        fixture.Blobs.Before = (verb, path) =>
        {
            if (path == "current.json" && verb == "put")
                (fixture.Blobs.Harm, away) = ((fixture.Blobs.Calls, swapped ? BlobFault.LoseAnswer : BlobFault.Refuse), 3);
            else if (path == "current.json" && verb == "get" && away-- > 0)
                throw new StorageException("Storage is away.");
            return Task.CompletedTask;
        };
        var outcome = await OutcomeAsync(fixture, fixture.NewRun(fixture.Machine));

        Assert.True(away <= 0, "The pointer was not read again.");
        Assert.Equal(swapped, outcome is SnapshotOutcome.Published);
        Assert.Equal((outcome as SnapshotOutcome.Published)?.Manifest.Id ?? before, fixture.CurrentId());
    }

    private static async Task LoopAsync(string fault, bool later, (int Files, int Swap) stride)
    {
        // In the swap and after it something can be half done: each of its calls meets one of the six cases, three of which are in
        // the long set, where each call meets all of them.
        var kind = Enum.Parse<BlobFault>(fault);
        var (call, met, outcome) = (stride.Swap > 1 ? (2 * (int)kind) + (later ? 1 : 0) : 0, true, (SnapshotOutcome?)null);
        while (met)
        {
            call += call < FirstOfSwap ? stride.Files : stride.Swap;
            var fixture = new SnapshotFixture(await SmallSample.LoadAsync());
            var before = later ? (await fixture.PublishAsync(SnapshotFixture.Final(20))).Id : null;
            fixture.Blobs.Heal();
            fixture.Blobs.Harm = (call, kind);

            outcome = await OutcomeAsync(fixture, fixture.Run);
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
        Assert.InRange(call, 110, 170);
    }

    /// <summary>Null for a run that failed.</summary>
    private static async Task<SnapshotOutcome?> OutcomeAsync(SnapshotFixture fixture, SnapshotRun run)
    {
        try
        {
            return await run.RunAsync(SnapshotFixture.Final(21), TestContext.Current.CancellationToken);
        }
        catch (StorageException)
        {
            return null;
        }
    }
}
