using FriendCity.Benchmarks.Reading;
using FriendCity.Benchmarks.Store;

namespace FriendCity.Benchmarks.Code;

/// <summary>What one record and a list of fifty take of processors and heap, without any host.</summary>
internal static class CodeCost
{
    private const int Calls = 20_000;
    private const double Most = 1.1;

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        var store = await context.StoreAsync();
        await using var office = await CodeCostApp.OpenAsync(store.ConnectionString(Loaded.Full));
        var nowhere = new Uri("http://localhost/");
        return
        [
            .. await CostAsync("code of a record", Point.Of(nowhere, context.Options.Rows), Calls, Before.RecordBytes),
            .. await CostAsync("code of a list of 50, 48 questions", Lists.Again(nowhere, store.Cities, Lists.Top), Calls, Before.ListBytes),
            .. await CostAsync("code of a list of 50, each question new", Lists.New(nowhere, [.. store.Cities], Lists.Top), Calls / 10, null),
        ];

        async Task<IReadOnlyList<Line>> CostAsync(string what, Uri[] addresses, int calls, double? before)
        {
            await office.MeasureAsync(addresses, calls);
            var rounds = new List<(double Microseconds, double Bytes)>();
            for (var round = 0; round < context.Options.Rounds; round++)
                rounds.Add(await office.MeasureAsync(addresses, calls));
            var (time, bytes) = (Rounds.Median(rounds.Select(each => each.Microseconds)), Rounds.Median(rounds.Select(each => each.Bytes)));
            return
            [
                Line.Note($"{what}, of a processor", "µs", time),
                before is { } then
                    ? Line.AtMost($"{what}, allocated", "bytes", bytes, then, Most, "the server before")
                    : Line.Note($"{what}, allocated", "bytes", bytes),
            ];
        }
    }

    /// <summary>The same calls, counted in a Release build of the last version that was a server of its own.</summary>
    private static class Before
    {
        public const double RecordBytes = 3822;
        public const double ListBytes = 9859;
    }
}
