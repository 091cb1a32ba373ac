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
        await using var empty = await context.EmptyAsync(await http.GetByteArrayAsync(first));
        var (rows, pages) = (context.Options.Rows, (context.Options.Rows + Page - 1) / Page);
        var (ours, theirs) = await Rounds.CompareAsync(context.Options.Rounds, () => RateAsync(OursAsync), () => RateAsync(EmptyAsync));
        return
        [
            Line.Floor($"rows paged by {Clients} clients", "rows/s", ours, 150_000),
            Line.Note("the same beside an empty function streaming the bytes", "rows/s", ours, theirs),
        ];

        // The sample's own projects come before and after; so few that it does not show.
        async Task<double> RateAsync(Func<Task> pageAll)
        {
            var begun = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(pageAll)));
            return Clients * (double)rows / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        }

        async Task OursAsync()
        {
            var read = await NextLinks.FollowAsync(http, first, "nextLink");
            if (read.Pages < pages)
                throw new InvalidOperationException($"There are {read.Pages} pages, not {pages}.");
        }

        async Task EmptyAsync()
        {
            for (var page = 0; page < pages; page++)
                await NextLinks.FollowAsync(http, new Uri(empty.Address, "stream"), "none");
        }
    }
}
