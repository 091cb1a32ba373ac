using FriendCity.Records.Persistence;
using FriendCity.Storage;
using FriendCity.Storage.Tables;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Consistency;

/// <summary>
/// Three processes over one account, with clocks up to ten minutes wrong, a storage that is slow and loses answers, and an hour that ends
/// meanwhile: no read misses a write that was acknowledged before the read began. FRIENDCITY_SEED replays a plan.
/// </summary>
public sealed class ThreeInstancesTests(Azurite azurite)
{
    [Fact]
    [Trait("Set", "slow")]
    public Task No_read_on_any_instance_misses_an_acknowledged_write() => HoldsAsync(TimeSpan.FromSeconds(6), writes: 150, async run =>
    {
        await run.UntilAsync(told => told.Missed || run.HourEnded);
        var before = run.Told.Writes;
        await run.UntilAsync(told => told.Missed || (told is { Writes: >= 150, Reads: >= 700 } && told.Writes >= before + 50));
    });

    [Fact]
    [Trait("Set", "long")]
    public Task No_read_misses_a_write_though_a_process_was_frozen_for_longer_than_the_horizon() =>
        HoldsAsync(TimeSpan.FromSeconds(30), writes: 1000, async run =>
    {
        await run.UntilAsync(told => told.Missed || told is { Writes: >= 250, Reads: >= 1000 });
        await run.FreezeAsync(ChangeFeed.Horizon + TimeSpan.FromSeconds(10));
        var then = run.Told.Reads;
        await run.UntilAsync(told => told.Missed || told.Reads > then + 2000);
    });

    [Fact]
    [Trait("Set", "slow")]
    public async Task Without_the_barrier_reads_miss_writes()
    {
        var plan = ConsistencyPlan.Next();
        await using var run = await ConsistencyRun.StartAsync(plan, await azurite.ConnectionStringAsync(azurite.NewAccount()),
            TimeSpan.FromMinutes(30), "--no-barrier");
        await run.UntilAsync(told => told.Missed);
        Assert.True(run.Told.Missed, $"Seed {plan.Seed}: nothing was missed, so the runs above prove nothing. {run.Told}");
    }

    [Fact]
    public void A_seed_makes_the_same_plan_each_time()
    {
        var (one, same, other) = (new ConsistencyPlan(5), new ConsistencyPlan(5), new ConsistencyPlan(6));
        Assert.Equal(one.Writing.SelectMany(steps => steps), same.Writing.SelectMany(steps => steps));
        Assert.Equal(one.Reading.SelectMany(steps => steps), same.Reading.SelectMany(steps => steps));
        Assert.Equal(one.Frozen, same.Frozen);
        Assert.Equal(one.Clocks, same.Clocks);
        Assert.Equal(one.Options(1), same.Options(1));
        Assert.NotEqual(one.Writing[0], other.Writing[0]);
    }

    private async Task HoldsAsync(TimeSpan hourEndsIn, int writes, Func<ConsistencyRun, Task> act)
    {
        var plan = ConsistencyPlan.Next();
        TestContext.Current.SendDiagnosticMessage($"FRIENDCITY_SEED={plan.Seed}");
        var connection = await azurite.ConnectionStringAsync(azurite.NewAccount());
        await using var run = await ConsistencyRun.StartAsync(plan, connection, hourEndsIn);
        await act(run);
        await run.EndAsync();
        Assert.True(!run.Told.Missed, $"FRIENDCITY_SEED={plan.Seed}: {run.Told}\n{string.Join('\n', run.Told.Misses.Take(10))}");
        Assert.True(run.Told.Writes >= writes && run.Told.Refused < run.Told.Reads / 4, $"FRIENDCITY_SEED={plan.Seed}: {run.Told}");
        Assert.Equal(2, await HoursAsync(connection));
        await Audit.SettlesAsync(connection);
        TestContext.Current.SendDiagnosticMessage($"FRIENDCITY_SEED={plan.Seed}: {run.Told}");
    }

    /// <summary>Partitions of the change feed.</summary>
    private static async Task<int> HoursAsync(string connection)
    {
        var tables = new AzureTableStorage(StorageAccount.Parse(connection), new StorageClock(TimeProvider.System), TimeProvider.System,
            StorageOptions.Default);
        var hours = new HashSet<string>();
        await foreach (var page in tables.QueryAsync(ChangeFeed.Table, TableRange.All, ["Type"], CancellationToken.None))
            hours.UnionWith(page.Select(row => row.PartitionKey));
        return hours.Count;
    }
}
