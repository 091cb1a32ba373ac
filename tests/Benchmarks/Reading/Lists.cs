using System.Globalization;
using FriendCity.Benchmarks.Store;
using FriendCity.Records.Schemas;
using FriendCity.Registry;

namespace FriendCity.Benchmarks.Reading;

/// <summary>
/// Fifty projects of a city and status, the newest first: the questions of a dashboard again and again, and questions that nobody asked before.
/// </summary>
internal static class Lists
{
    public const int Top = 50;

    /// <summary>More than an instance could remember the answers to.</summary>
    private const int Fresh = 8192;

    private static readonly string[] Statuses = [ProjectStatus.Signed, ProjectStatus.InProgress, ProjectStatus.Completed];

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        await using var service = await context.ServiceAsync(Loaded.Full);
        var store = await context.StoreAsync();
        var again = await AgainstEmpty.RunAsync(context, service.Address, Again(service.Address, store.Cities, Top), store.Key(Loaded.Full));
        var fresh = await AgainstEmpty.RunAsync(context, service.Address, New(service.Address, [.. store.Cities], Top), store.Key(Loaded.Full));
        return
        [
            Line.AtLeast("lists: filter, order, 50 rows; 48 questions", "1/s", again.Ours, again.Empty, 0.8, "empty"),
            Line.AtLeast("the same, each question new", "1/s", fresh.Ours, fresh.Empty, 0.35, "empty"),
        ];
    }

    /// <summary>Each city and status, without an end.</summary>
    public static Uri[] Again(Uri service, IEnumerable<string> cities, int top) =>
        [.. from status in Statuses from city in cities select Address(service, $"cityId eq '{city}' and status eq '{status}'", top)];

    /// <summary>Each city and status, up to a day that differs from question to question.</summary>
    public static Uri[] New(Uri service, string[] cities, int top) =>
        [.. Enumerable.Range(0, Fresh).Select(n =>
        {
            var day = new DateOnly(2022, 1, 1).AddDays(n / (cities.Length * Statuses.Length))
                .ToString(DateFieldType.Pattern, CultureInfo.InvariantCulture);
            return Address(service,
                $"cityId eq '{cities[n % cities.Length]}' and status eq '{Statuses[n / cities.Length % Statuses.Length]}' and agreementDate le {day}",
                top);
        })];

    private static Uri Address(Uri service, string filter, int top) =>
        new(service, $"api/v1/projects?$filter={Uri.EscapeDataString(filter)}&$orderby=agreementDate%20desc&$top={top}");
}
