using System.Globalization;
using FriendCity.Benchmarks.Store;

namespace FriendCity.Benchmarks.Reading;

/// <summary>
/// A thousand requests at once that nobody asked before: whether the service still says that it lives, what it takes of memory, and how soon it
/// is itself again.
/// </summary>
internal static class Overload
{
    private const int Connections = 1000;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        await using var service = await context.ServiceAsync(Loaded.Full);
        var store = await context.StoreAsync();
        using var crowd = HttpLoad.Client(Connections, store.Key(Loaded.Full));
        using var alone = HttpLoad.Client(1, store.Key(Loaded.Full));
        var (lists, points, live) = (Lists.New(service.Address, [.. store.Cities], Lists.Top), Point.Of(service.Address, context.Options.Rows),
            new Uri(service.Address, "health/live"));
        var before = await HttpLoad.RunAsync(alone, 1, context.Options.Span, points);
        using var over = new CancellationTokenSource();
        var signs = HttpLoad.RunAsync(alone, 1, TimeSpan.MaxValue, (_, _) => live, Pause, over.Token);
        var load = await HttpLoad.RunAsync(crowd, Connections, Span, (worker, n) => (worker % 3) switch
        {
            0 => lists[((worker * 37) + n) % lists.Length],
            1 => points[((worker * 37) + n) % points.Length],
            _ => Figure(service.Address, worker + (n * Connections)),
        });
        await over.CancelAsync();
        var peak = service.PeakMiB;
        await Task.Delay(Rest);
        var after = await HttpLoad.RunAsync(alone, 1, context.Options.Span, points);
        return
        [
            Line.Limit($"/health/live while {Connections} ask, p99", "ms", (await signs).Percentile(99), 250),
            Line.Note($"an empty function while {Connections} ask it, p99", "ms",
                await EmptyAsync(context, await alone.GetByteArrayAsync(points[0]))),
            Line.Limit("memory of the worker, its highest", "MiB", peak, 600),
            Line.Note($"answers to those {Connections}", "1/s", load.PerSecond),
            Line.Note("of them refused", "answers", load.Refused),
            Line.Note("the longest that any of them waited", "ms", load.Latencies[^1]),
            Line.AtMost($"record, 1 connection, p50, {Rest.TotalSeconds} s later", "ms", after.Percentile(50), before.Percentile(50), 1.5, "before"),
        ];
    }

    /// <summary>What host, client and connections alone make of a sign of life.</summary>
    private static async Task<double> EmptyAsync(BenchContext context, byte[] body)
    {
        await using var empty = await context.EmptyAsync(body);
        using var crowd = HttpLoad.Client(Connections, null);
        using var alone = HttpLoad.Client(1, null);
        using var over = new CancellationTokenSource();
        var signs = HttpLoad.RunAsync(alone, 1, TimeSpan.MaxValue, (_, _) => empty.Address, Pause, over.Token);
        await HttpLoad.RunAsync(crowd, Connections, Span / 3, [empty.Address]);
        await over.CancelAsync();
        return (await signs).Percentile(99);
    }

    /// <summary>A day that no other request asks for.</summary>
    private static Uri Figure(Uri service, int n) =>
        new(service, string.Create(CultureInfo.InvariantCulture, $"api/v1/kpis/K15?asOf={new DateOnly(1990, 1, 1).AddDays(n % 20_000):yyyy-MM-dd}"));
}
