namespace FriendCity.Tests.Unit.Records;

/// <summary>The read barrier against the real store, feed and replica, in some hundred drawn histories of three instances.</summary>
public sealed class BarrierTests
{
    private const int Seeds = 300;

    [Fact]
    public async Task No_read_misses_a_write_that_was_acknowledged_before_it_began()
    {
        var worlds = await Task.WhenAll(Enumerable.Range(0, Seeds)
            .Select(seed => Task.Run(async () => (Seed: seed, World: await ConsistencySimulation.RunAsync(seed, InvalidCase.None)))));
        Assert.Empty(worlds.Where(world => world.World.Misses > 0).Select(world => $"seed {world.Seed}: {world.World.Misses} misses"));
        // The histories are worth something: on average many writes are acknowledged and many reads compared.
        Assert.InRange(worlds.Average(world => world.World.Acknowledged), 20, 60);
        Assert.InRange(worlds.Average(world => world.World.Reads), 50, double.MaxValue);
    }

    [Theory]
    [InlineData(InvalidCase.NoBarrier)]
    [InlineData(InvalidCase.NoSecondPointer)]
    [InlineData(InvalidCase.AgeCut)]
    public async Task Each_part_of_the_barrier_is_missed_when_it_is_gone(InvalidCase flaw)
    {
        for (var seed = 0; seed < Seeds; seed++)
            if ((await ConsistencySimulation.RunAsync(seed, flaw)).Misses > 0)
                return;
        Assert.Fail($"{Seeds} histories without a miss: they do not test {flaw}.");
    }
}
