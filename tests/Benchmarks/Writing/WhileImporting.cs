using System.Diagnostics;
using System.Globalization;
using FriendCity.Benchmarks.Instances;
using FriendCity.Benchmarks.Reading;
using FriendCity.Benchmarks.Store;
using FriendCity.Tests.Support;

namespace FriendCity.Benchmarks.Writing;

/// <summary>
/// What readers of one process feel of an import by another, into the same storage: those who take a moment between two requests for a record,
/// a list or a figure, beside the same when nothing else happens, and beside <c>/health/live</c> under such an import. That reads nothing, so it
/// tells what the machine does, of which importer and emulator take what they can.
/// </summary>
internal static class WhileImporting
{
    private const double MostP99 = 250;
    private const int MostRows = 10_000;
    private static readonly TimeSpan Thinking = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        var (options, store, lines) = (context.Options, await context.StoreAsync(), new List<Line>());
        var (count, drawn, rates) = (Math.Min(options.Rows / 10, MostRows), options.Rows, new List<double>());
        await using var service = await context.ServiceAsync(Loaded.Full);
        using var http = HttpLoad.Client(options.Connections, store.Key(Loaded.Full));
        using var other = OtherInstance.Start(store.ConnectionString(Loaded.Full));
        var lists = Lists.Again(service.Address, store.Cities, Lists.Top);
        // The emulator answers one request at a time, so a start that loads all records keeps it from its readers.
        var starting = await WhileAsync(lists, () => other.AskAsync("heap"));
        var live = await RoundsAsync([new Uri(service.Address, "health/live")], ImportAsync);
        foreach (var (what, addresses) in new[]
        {
            ("record", Point.Of(service.Address, options.Rows)),
            ("list of 50", lists),
            ("figure", [new Uri(service.Address, "api/v1/kpis/K15?view=now")]),
        })
        {
            // The first time it is asked for, indexes and code are made.
            await HttpLoad.RunAsync(http, options.Connections, options.Span, Next(addresses), Thinking);
            var quiet = await RoundsAsync(addresses, () => Task.Delay(options.Span));
            var ours = await RoundsAsync(addresses, ImportAsync);
            var (p50, p99) = (Median(ours, load => load.Percentile(50)), Median(ours, load => load.Percentile(99)));
            lines.AddRange([
                Line.Limit($"{what} while another imports, p99", "ms", p99, MostP99),
                Line.Note("the same, and without", "ms", p99, Median(quiet, load => load.Percentile(99))),
                Line.Note("the same, and /health/live meanwhile", "ms", p99, Median(live, load => load.Percentile(99))),
                Line.Note($"{what}, p50, and without", "ms", p50, Median(quiet, load => load.Percentile(50))),
                Line.Note($"{what}, p50, and /health/live", "ms", p50, Median(live, load => load.Percentile(50))),
                Line.Note($"{what}, and without", "1/s", Median(ours, load => load.PerSecond), Median(quiet, load => load.PerSecond)),
                Line.Limit($"{what}, refused meanwhile", "answers", ours.Sum(load => load.Refused), 0),
            ]);
        }

        return
        [
            .. lines,
            Line.Note("rows a second of those imports", "rows/s", Rounds.Median(rates)),
            Line.Note("lists while another instance starts, p50", "ms", starting.Percentile(50)),
            Line.Note("the same p99", "ms", starting.Percentile(99)),
            Line.Note("lists refused meanwhile", "lists", starting.Refused),
        ];

        async Task<List<LoadResult>> RoundsAsync(Uri[] addresses, Func<Task> work)
        {
            var rounds = new List<LoadResult>();
            for (var round = 0; round < options.Rounds; round++)
                rounds.Add(await WhileAsync(addresses, work));
            return rounds;
        }

        async Task<LoadResult> WhileAsync(Uri[] addresses, Func<Task> work)
        {
            using var end = new CancellationTokenSource();
            var load = HttpLoad.RunAsync(http, options.Connections, Limit, Next(addresses), Thinking, end.Token);
            await work();
            await end.CancelAsync();
            return await load;
        }

        async Task ImportAsync()
        {
            var folder = Scratch.Folder("import");
            try
            {
                await File.WriteAllTextAsync(Path.Combine(folder, "projects.json"), Imports.Text(store.Draw(drawn, count)));
                drawn += count;
                var begun = Stopwatch.GetTimestamp();
                var written = await other.AskAsync($"import {folder}");
                if (written != string.Create(CultureInfo.InvariantCulture, $"{count} 0"))
                    throw new InvalidOperationException($"Of {count} rows were written, with faults: {written}.");
                rates.Add(count / Stopwatch.GetElapsedTime(begun).TotalSeconds);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static Func<int, int, Uri> Next(Uri[] addresses) => (worker, n) => addresses[((worker * 37) + n) % addresses.Length];

    private static double Median(List<LoadResult> rounds, Func<LoadResult, double> figure) => Rounds.Median(rounds.Select(figure));
}
