using System.Globalization;
using FriendCity.Benchmarks.Store;

namespace FriendCity.Benchmarks.Reading;

/// <summary>The same reads of a thousand projects and of all: what more rows cost.</summary>
internal static class Scale
{
    private const double Least = 1 / 1.3;

    /// <summary>So few that every city and status has them among a thousand projects too.</summary>
    private const int Top = 5;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        var (options, store) = (context.Options, await context.StoreAsync());
        await using var full = await context.ServiceAsync(Loaded.Full);
        await using var small = await context.ServiceAsync(Loaded.Small);
        using var fullHttp = HttpLoad.Client(options.Connections, store.Key(Loaded.Full));
        using var smallHttp = HttpLoad.Client(options.Connections, store.Key(Loaded.Small));
        return
        [
            await CompareAsync("point reads", Point.Of(full, options.Rows), Point.Of(small, BenchStore.SmallRows)),
            await CompareAsync("lists, each question new", Lists.New(full, store, Top), Lists.New(small, store, Top)),
        ];

        async Task<Line> CompareAsync(string what, Uri[] many, Uri[] few)
        {
            var (ours, reference) = await Rounds.CompareAsync(options.Rounds, () => RateAsync(fullHttp, many), () => RateAsync(smallHttp, few));
            return Line.AtLeast(string.Create(CultureInfo.InvariantCulture, $"{what}, {options.Rows:#,0} against 1,000 rows"), "1/s", ours, reference, Math.Round(Least, 2), "few rows");
        }

        async Task<double> RateAsync(HttpClient http, Uri[] from) =>
            (await HttpLoad.RunAsync(http, options.Connections, Round, (worker, n) => from[((worker * 37) + n) % from.Length])).PerSecond;
    }
}
