using System.Diagnostics;
using FriendCity.Benchmarks.Store;

namespace FriendCity.Benchmarks.Reading;

/// <summary>Every project, a thousand a page, by clients that follow nextLink to its end and keep nothing.</summary>
internal static class PageAll
{
    private const int Clients = 8;
    private const int Page = 1000;

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        await using var service = await context.ServiceAsync(Loaded.Full);
        using var http = HttpLoad.Client(Clients, (await context.StoreAsync()).Key(Loaded.Full));
        var first = new Uri(service.Address, $"api/v1/projects?$top={Page}");
        var rates = new List<double>();
        for (var round = 0; round <= context.Options.Rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            var pages = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(() => NextLinks.FollowAsync(http, first, "nextLink"))));
            // Pages are full but for the last; so few rows too many are counted that it does not show.
            if (round > 0)
                rates.Add(pages.Sum(each => Math.Min(each.Pages * (double)Page, context.Options.Rows)) / Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }

        return [Line.Floor($"rows paged by {Clients} clients", "rows/s", Rounds.Median(rates), 150_000)];
    }
}
