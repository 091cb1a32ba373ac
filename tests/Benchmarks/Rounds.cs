namespace FriendCity.Benchmarks;

/// <summary>Ours and the reference by turns, so that what else the machine does hits both; the first turn of each only warms up.</summary>
internal static class Rounds
{
    public static async Task<(double Ours, double Reference)> CompareAsync(int rounds, Func<Task<double>> ours, Func<Task<double>> reference)
    {
        await ours();
        await reference();
        var (mine, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            mine.Add(await ours());
            theirs.Add(await reference());
        }

        return (Median(mine), Median(theirs));
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
