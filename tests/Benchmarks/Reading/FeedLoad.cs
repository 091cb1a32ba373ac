using System.Diagnostics;
using FriendCity.Benchmarks.Store;

namespace FriendCity.Benchmarks.Reading;

/// <summary>
/// The load that Power BI makes each time it refreshes: every project by the feed, one page after the other, to a client that keeps nothing.
/// </summary>
internal static class FeedLoad
{
    private const int Page = 5000;

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        await using var service = await context.ServiceAsync(Loaded.Full);
        using var http = HttpLoad.Client(1, (await context.StoreAsync()).Key(Loaded.Full));
        var first = new Uri(service.Address, "odata/Projects");
        await using var empty = await context.EmptyAsync(await http.GetByteArrayAsync(first));
        var rows = context.Options.Rows;
        var pages = (rows + Page - 1) / Page;

        await LoadAsync();
        var before = service.ResidentMiB;
        var (ours, theirs) = await Rounds.CompareAsync(context.Options.Rounds, LoadAsync, EmptyAsync);
        return
        [
            Line.Floor("rows loaded by one client of the feed", "rows/s", ours, 150_000),
            Line.AtLeast("the same beside an empty function streaming the bytes", "rows/s", ours, theirs, 0.5, "empty"),
            Line.AtMost("resident memory after these loads, and after the first", "MiB", service.ResidentMiB, before, 1.2, "before"),
        ];

        async Task<double> LoadAsync()
        {
            var begun = Stopwatch.GetTimestamp();
            var read = await NextLinks.FollowAsync(http, first, "@odata.nextLink");
            // The sample's own projects come before and after; they fill no page.
            return read.Pages >= pages
                ? rows / Stopwatch.GetElapsedTime(begun).TotalSeconds
                : throw new InvalidOperationException($"The feed has {read.Pages} pages, not {pages}.");
        }

        async Task<double> EmptyAsync()
        {
            var begun = Stopwatch.GetTimestamp();
            for (var page = 0; page < pages; page++)
                await NextLinks.FollowAsync(http, new Uri(empty.Address, "stream"), "none");
            return rows / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        }
    }
}
