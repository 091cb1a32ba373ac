namespace FriendCity.Benchmarks;

/// <summary>Ours and the reference by turns, so that what else the machine does hits both; the first turn of each only warms up.</summary>
internal static class Rounds
{
    /// <summary>Both medians.</summary>
    public static async Task<(double Ours, double Reference)> CompareAsync(int rounds, Func<Task<double>> ours, Func<Task<double>> reference)
    {
        var turns = await TurnsAsync(rounds, ours, reference);
        return (Median(turns.Ours), Median(turns.Reference));
    }

    public static async Task<(IReadOnlyList<T> Ours, IReadOnlyList<T> Reference)> TurnsAsync<T>(
        int rounds, Func<Task<T>> ours, Func<Task<T>> reference)
    {
        await ours();
        await reference();
        var (mine, theirs) = (new List<T>(), new List<T>());
        for (var round = 0; round < rounds; round++)
        {
            mine.Add(await ours());
            theirs.Add(await reference());
        }

        return (mine, theirs);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
