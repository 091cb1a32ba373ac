using FriendCity.Benchmarks.Store;
using FriendCity.Registry;

namespace FriendCity.Benchmarks.Reading;

/// <summary>Fifty projects of a city and status, the newest first; the city and status change from request to request.</summary>
internal static class Lists
{
    private static readonly string[] Statuses = [ProjectStatus.Signed, ProjectStatus.InProgress, ProjectStatus.Completed];

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        await using var service = await context.ServiceAsync(Loaded.Full);
        var store = await context.StoreAsync();
        var (ours, bare) = await AgainstBare.RunAsync(context, service.Address, Of(service, store, 50), store.Key(Loaded.Full));
        return [Line.AtLeast("lists: filter, order, 50 rows", "1/s", ours, bare, 0.35, "bare")];
    }

    public static Uri[] Of(ServerProcess service, BenchStore store, int top) =>
    [
        .. from status in Statuses
           from city in store.Cities
           let filter = Uri.EscapeDataString($"cityId eq '{city}' and status eq '{status}'")
           select new Uri(service.Address, $"api/v1/projects?$filter={filter}&$orderby=agreementDate%20desc&$top={top}"),
    ];
}
