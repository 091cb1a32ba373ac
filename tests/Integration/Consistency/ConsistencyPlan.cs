using System.Globalization;

namespace FriendCity.Tests.Integration.Consistency;

/// <param name="Instance">Which instance is asked.</param>
/// <param name="Record">Which record, as a number that is taken modulo how many there are.</param>
/// <param name="Other">A writer makes a new record, a reader lists them all.</param>
internal readonly record struct Step(int Instance, int Record, bool Other, TimeSpan Pause);

/// <summary>All that chance decides in a run: clocks, what storage does, who asks whom for what in which order. The same for the same seed.</summary>
internal sealed class ConsistencyPlan
{
    public const int Instances = 3;
    private const int Steps = 4000;
    private const int Writers = 8;
    private const int Readers = 16;

    public ConsistencyPlan(int seed)
    {
        var random = new Random(seed);
        Seed = seed;
        double[] clocks = [-10, 10, random.Next(-10, 11)];
        random.Shuffle(clocks);
        Clocks = clocks;
        Frozen = random.Next(Instances);
        // A writer makes few new records: lists stay on one page.
        Writing = [.. Enumerable.Range(0, Writers).Select(_ => Draw(random, other: 0.03, pause: 60))];
        Reading = [.. Enumerable.Range(0, Readers).Select(_ => Draw(random, other: 0.4, pause: 20))];
    }

    public int Seed { get; }

    /// <summary>Minutes by which each instance's clock is wrong.</summary>
    public IReadOnlyList<double> Clocks { get; }

    /// <summary>One instance polls as it likes, one always waits for its part of the budget, one does as in an office.</summary>
    private static string[][] Polls => [["--polls", "10000"], ["--polls", "20"], []];

    /// <summary>The instance that is frozen, where one is.</summary>
    public int Frozen { get; }

    public IReadOnlyList<IReadOnlyList<Step>> Writing { get; }

    public IReadOnlyList<IReadOnlyList<Step>> Reading { get; }

    /// <summary>The seed that FRIENDCITY_SEED names, or a new one.</summary>
    public static ConsistencyPlan Next() => new(
        int.TryParse(Environment.GetEnvironmentVariable("FRIENDCITY_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var seed)
            ? seed : Random.Shared.Next());

    public string[] Options(int instance) =>
    [
        "--seed", (Seed ^ instance).ToString(CultureInfo.InvariantCulture),
        "--clock", Clocks[instance].ToString(CultureInfo.InvariantCulture),
        .. Polls[instance],
    ];

    private static Step[] Draw(Random random, double other, int pause)
    {
        var steps = new Step[Steps];
        for (var i = 0; i < Steps; i++)
            steps[i] = new Step(random.Next(Instances), random.Next(), random.NextDouble() < other, TimeSpan.FromMilliseconds(random.Next(pause)));
        return steps;
    }
}
