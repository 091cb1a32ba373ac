using FriendCity.Benchmarks.Store;

namespace FriendCity.Benchmarks.Reading;

/// <summary>One record by its id, through the barrier.</summary>
internal static class Point
{
    private const int Addresses = 4096;

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        await using var service = await context.ServiceAsync(Loaded.Full);
        var store = await context.StoreAsync();
        var (ours, empty) = await AgainstEmpty.RunAsync(context, service.Address, Of(service.Address, context.Options.Rows), store.Key(Loaded.Full));
        return [Line.AtLeast("point reads", "1/s", ours, empty, 0.9, "empty")];
    }

    /// <summary>Addresses of random records.</summary>
    public static Uri[] Of(Uri service, int rows)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Addresses).Select(_ => new Uri(service, $"api/v1/projects/{DrawnProjects.Id(random.Next(rows))}"))];
    }
}
