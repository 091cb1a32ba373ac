using System.Diagnostics;
using FriendCity.Benchmarks.Store;
using FriendCity.Kpis.Definitions;
using FriendCity.Kpis.Model;
using FriendCity.Records;
using FriendCity.Registry;

namespace FriendCity.Benchmarks.Figures;

/// <summary>All figures of one date, and a hundred months of one figure, over a registry in memory with as many projects as activities.</summary>
internal static class FigureTimes
{
    private const int Most = 1000;
    private const int MostForASeries = 2000;
    private static readonly DateOnly Day = new(2024, 3, 25);

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        var rows = await BenchStore.ReadSampleAsync();
        var sample = RegistrySnapshot.Empty(RegistryTypes.All).With(rows.GroupBy(row => row.Type.Name)
            .ToDictionary(type => type.Key, type => type.Select(row => row.Record).ToList()), DateTimeOffset.UnixEpoch);
        var registry = GrownSample.Of(sample, context.Options.Rows, context.Options.Rows);
        var lines = new List<Line> { Line.Limit("all figures of one date", "ms", Median(context, () => All(Asked(registry))), Most) };
        foreach (var id in new[] { "K03", "K15", "K17" })
            lines.Add(Line.Limit($"{id} of a hundred months", "ms", Median(context, () => Series(id, Asked(registry))), MostForASeries));
        return lines;
    }

    /// <summary>A question nobody asked before: nothing of it is worked out yet.</summary>
    private static KpiContext Asked(RegistrySnapshot registry) =>
        new(registry, Day, registry.Of(Scope.Type).Get("SCO_LIVE")!, Provenance.AllScenarios, new DateOnly(2018, 6, 9));

    /// <summary>Every figure with its hash, as a request or a night computes them, on one thread.</summary>
    private static void All(KpiContext context)
    {
        foreach (var value in KpiCatalogue.All.SelectMany(kpi => kpi.Values(context)))
            _ = value.RowsHash;
    }

    private static void Series(string id, KpiContext context) =>
        KpiSeries.Of(KpiCatalogue.All.Single(kpi => kpi.Id == id), context,
            [.. Enumerable.Range(0, 100).Select(month => Day.AddMonths(-month)).Order()], CancellationToken.None);

    /// <summary>Milliseconds; the first time compiles and is left out.</summary>
    private static double Median(BenchContext context, Action work)
    {
        work();
        var times = Enumerable.Range(0, context.Options.Rounds).Select(_ =>
        {
            var begun = Stopwatch.GetTimestamp();
            work();
            return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }).Order().ToList();
        return times[times.Count / 2];
    }
}
