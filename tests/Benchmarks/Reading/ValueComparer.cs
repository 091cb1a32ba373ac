using System.Globalization;
using FriendCity.Benchmarks.Code;
using FriendCity.Benchmarks.Store;

namespace FriendCity.Benchmarks.Reading;

/// <summary>The same reads of a thousand projects and of all: what more rows cost the code. Behind a host it would hardly show.</summary>
internal static class ValueComparer
{
    private const double Most = 1.3;
    private const int Calls = 10_000;

    /// <summary>So few that every city and status has them among a thousand projects too.</summary>
    private const int Top = 5;

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        var (options, store, nowhere) = (context.Options, await context.StoreAsync(), new Uri("http://localhost/"));
        await using var full = await CodeCostApp.OpenAsync(store.ConnectionString(Loaded.Full));
        await using var small = await CodeCostApp.OpenAsync(store.ConnectionString(Loaded.Small));
        return
        [
            await CompareAsync("a record", Point.Of(nowhere, options.Rows), Point.Of(nowhere, BenchStore.SmallRows), Calls),
            await CompareAsync("lists, each question new", Lists.New(nowhere, store, Top), Lists.New(nowhere, store, Top), Calls / 10),
        ];

        async Task<Line> CompareAsync(string what, Uri[] many, Uri[] few, int calls)
        {
            var (ours, reference) = await Rounds.CompareAsync(
                options.Rounds,
                async () => (await full.MeasureAsync(many, calls)).Microseconds,
                async () => (await small.MeasureAsync(few, calls)).Microseconds);
            var figure = string.Create(CultureInfo.InvariantCulture, $"{what}, {options.Rows:#,0} against 1,000 rows");
            return Line.AtMost(figure, "µs", ours, reference, Most, "few rows");
        }
    }
}
