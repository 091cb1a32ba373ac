using FriendCity.Benchmarks.Store;

namespace FriendCity.Benchmarks.Reading;

/// <summary>A thousand readers at once, and how often storage is asked for changes meanwhile.</summary>
internal static class Polls
{
    private const int Readers = 1000;
    private static readonly TimeSpan Span = TimeSpan.FromSeconds(3);

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        var store = await context.StoreAsync();
        await using var proxy = await PollCounter.StartAsync(store.Tables);
        await using var service = context.Service(store.ConnectionString(Loaded.Small, proxy.Tables));
        await service.AnswersAsync("health/ready", TimeSpan.FromMinutes(1));
        using var http = HttpLoad.Client(Readers, store.Key(Loaded.Small));
        proxy.Reset();
        var load = await HttpLoad.RunAsync(http, Readers, Span,
            (worker, n) => new Uri(service.Address, $"api/v1/projects/{DrawnProjects.Id((worker + n) % BenchStore.SmallRows)}"));
        return
        [
            Line.Limit($"polls at a time, {Readers} readers", "polls", proxy.MostAtOnce, 1),
            Line.Note("reads that share a poll", "reads", load.Latencies.Count / (double)proxy.Count),
        ];
    }
}
