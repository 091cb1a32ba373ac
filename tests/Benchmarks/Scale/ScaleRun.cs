using System.Globalization;
using FriendCity.Benchmarks.Store;
using FriendCity.Tests.Support;

namespace FriendCity.Benchmarks.Scale;

/// <summary>
/// From a thousand projects to ten times those of the options, each ten times the one before: what a registry takes as it grows, over a
/// storage that draws its rows. With a folder for pages it writes docs/scale.md and its pictures.
/// </summary>
internal static class ScaleRun
{
    private const int Smallest = 1000;

    /// <summary>Of a read of the largest registry, against the smallest.</summary>
    private const double MostTimes = 1.3;

    /// <summary>Of what a record of the largest takes, against one of a tenth as many: linear, and what every registry takes counts little.</summary>
    private const double MostEach = 1.3;
    private const double LeastNew = 0.35;

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        await using var emulator = await BenchStore.StartEmulatorAsync(context.Options);
        var none = AzuriteProcess.Connection(emulator.Tables, emulator.Blobs, "office0");
        await BenchStore.PutSampleAsync(none);
        var empty = await LoadedCode.OfAsync(none, 0);
        var sizes = new List<ScaleSize>();
        for (var projects = Smallest; projects <= 10 * Math.Max(context.Options.Rows, Smallest); projects *= 10)
        {
            sizes.Add(await ScaleSize.MeasureAsync(context, emulator, $"office{sizes.Count + 1}", projects));
            context.Say(string.Create(CultureInfo.InvariantCulture, $"  {sizes[^1]}"));
        }

        if (context.Options.Docs is { } folder)
            await ScalePage.WriteAsync(folder, sizes, empty.Heap);
        return [.. sizes.SelectMany(size => Lines(size, empty.Heap)), .. Compare(sizes[0], sizes[^2], sizes[^1], empty.Heap)];
    }

    private static IEnumerable<Line> Lines(ScaleSize size, long without)
    {
        var named = string.Create(CultureInfo.InvariantCulture, $"{size.Projects:#,0} projects");
        return
        [
            Line.Note($"{named}, a record in memory", "bytes", (size.Code.Heap - without) / (double)size.Projects),
            Line.Note($"{named}, start to first list, and raw scan", "s", size.Load, size.Scan),
            Line.Note($"{named}, one record, p50", "ms", size.Record),
            Line.Note($"{named}, list of 50, p50", "ms", size.List),
            Line.Note($"{named}, list of a new question, p50", "ms", size.New),
            Line.AtLeast($"{named}, new questions, many readers", "1/s", size.NewRate.Ours, size.NewRate.Empty, LeastNew, "empty"),
            Line.Note($"{named}, all figures of a date", "ms", size.Figures),
            Line.Note($"{named}, night", "s", size.NightTime),
            Line.Note($"{named}, most memory of the worker", "MiB", size.NightMiB),
            Line.Note($"{named}, files of a night", "MiB", size.NightBytes / (1024 * 1024)),
        ];
    }

    private static IEnumerable<Line> Compare(ScaleSize first, ScaleSize tenth, ScaleSize last, long without)
    {
        var more = string.Create(CultureInfo.InvariantCulture, $"{last.Projects:#,0} against {first.Projects:#,0}");
        var each = string.Create(CultureInfo.InvariantCulture, $"each project, {last.Projects:#,0} against {tenth.Projects:#,0}");
        return
        [
            Line.AtMost($"one record, {more}", "ms", last.Record, first.Record, MostTimes, "few"),
            Line.AtMost($"its code, {more}", "µs", last.Code.Record, first.Code.Record, MostTimes, "few"),
            Line.AtMost($"list of 5, its code, {more}", "µs", last.Code.List, first.Code.List, MostTimes, "few"),
            Line.Note($"new list of 5, its code, {more}", "µs", last.Code.New, first.Code.New),
            Line.AtMost($"memory of {each}", "bytes", Each(last, size => size.Code.Heap - without),
                Each(tenth, size => size.Code.Heap - without), MostEach, "fewer"),
            Line.AtMost($"night of {each}", "µs", Each(last, size => size.NightTime * 1e6), Each(tenth, size => size.NightTime * 1e6),
                MostEach, "fewer"),
            Line.AtMost($"most memory for {each}", "KiB", Each(last, size => size.NightMiB * 1024), Each(tenth, size => size.NightMiB * 1024),
                MostEach, "fewer"),
        ];

        static double Each(ScaleSize size, Func<ScaleSize, double> figure) => figure(size) / size.Projects;
    }
}
