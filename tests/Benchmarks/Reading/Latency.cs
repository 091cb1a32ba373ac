using System.Globalization;
using FriendCity.Benchmarks.Store;

namespace FriendCity.Benchmarks.Reading;

/// <summary>
/// What a reader waits for, alone and among many: a record, a list, a record that may be stale, a figure, and what the dashboard asks for, each
/// beside an empty function of the same host that answers the same bytes.
/// </summary>
internal static class Latency
{
    private const double MostAbove = 1.5;
    private const double MostTimesLive = 1.2;
    private static readonly int[] Connections = [1, 4, 16, 64, 128];

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        await using var service = await context.ServiceAsync(Loaded.Full);
        var store = await context.StoreAsync();
        var points = Point.Of(service.Address, context.Options.Rows);
        var lines = new List<Line>();
        foreach (var (what, addresses, header) in new (string, Uri[], (string Name, string Value)?)[]
        {
            ("record", points, null),
            ("list of 50", Lists.Again(service.Address, store.Cities, Lists.Top), null),
            ("record, stale-ok", points, ("Prefer", "stale-ok")),
            ("figure", [new Uri(service.Address, "api/v1/kpis/K15?view=now")], null),
            // As a browser asks.
            ("page call", [new Uri(service.Address, "api/v1/kpis?view=now")], ("Accept-Encoding", "gzip")),
        })
        {
            using var http = HttpLoad.Client(Connections[^1], store.Key(Loaded.Full));
            if (header is var (name, value))
                http.DefaultRequestHeaders.Add(name, value);
            await using var empty = await context.EmptyAsync(await http.GetByteArrayAsync(addresses[0]));
            foreach (var connections in Connections)
                lines.AddRange(await CompareAsync(context, http, connections, what, addresses, [empty.Address]));
            if (header is ("Prefer", _))
                lines.Add(await LiveAsync(context, http, points, [new Uri(service.Address, "health/live")]));
        }

        return lines;
    }

    private static async Task<IReadOnlyList<Line>> CompareAsync(
        BenchContext context, HttpClient http, int connections, string what, Uri[] ours, Uri[] empty)
    {
        var turns = await TurnsAsync(context, http, connections, ours, empty);
        var (mine, theirs) = Median(turns, load => load.Percentile(50));
        var (mineP99, theirsP99) = Median(turns, load => load.Percentile(99));
        var (rate, theirRate) = Median(turns, load => load.PerSecond);
        var named = string.Create(CultureInfo.InvariantCulture, $"{what}, {connections} connection{(connections == 1 ? "" : "s")}");
        var refused = turns.Ours.Sum(load => load.Refused);
        return
        [
            // Refusals come fast or late: beside them the times say little.
            .. refused > 0 ? [Line.Limit($"{named}, refused", "answers", refused, 0)] : Array.Empty<Line>(),
            connections == 1 && what == "record"
                ? Line.Above($"{named}, p50", "ms", mine, theirs, MostAbove, "empty")
                : Line.Note($"{named}, p50", "ms", mine, theirs),
            Line.Note($"{named}, p99", "ms", mineP99, theirsP99),
            Line.Note(named, "1/s", rate, theirRate),
        ];
    }

    /// <summary>A caller who takes what memory holds has nothing to wait for, as one who asks whether the service lives.</summary>
    private static async Task<Line> LiveAsync(BenchContext context, HttpClient http, Uri[] points, Uri[] live)
    {
        var (stale, lives) = Median(await TurnsAsync(context, http, 1, points, live), load => load.Percentile(50));
        return Line.AtMost("record, stale-ok, p50, beside /health/live", "ms", stale, lives, MostTimesLive, "live");
    }

    private static Task<(IReadOnlyList<LoadResult> Ours, IReadOnlyList<LoadResult> Reference)> TurnsAsync(
        BenchContext context, HttpClient http, int connections, Uri[] ours, Uri[] reference)
    {
        return Rounds.TurnsAsync(context.Options.Rounds, () => LoadAsync(ours), () => LoadAsync(reference));

        // Many figures: each is measured for a quarter of the time that the others take.
        Task<LoadResult> LoadAsync(Uri[] from) => HttpLoad.RunAsync(http, connections, context.Options.Span / 4, from);
    }

    private static (double Ours, double Reference) Median(
        (IReadOnlyList<LoadResult> Ours, IReadOnlyList<LoadResult> Reference) turns, Func<LoadResult, double> figure) =>
        (Rounds.Median(turns.Ours.Select(figure)), Rounds.Median(turns.Reference.Select(figure)));
}
