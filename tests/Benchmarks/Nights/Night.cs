using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using FriendCity.Benchmarks.Store;
using FriendCity.Registry;

namespace FriendCity.Benchmarks.Nights;

/// <summary>
/// A whole night's run of the service over all projects, from the order to its end, beside a raw scan of the same rows by the official
/// client; and the most memory that the worker ever took, its start with all records included. The wait for writes under way is left out.
/// </summary>
internal static class Night
{
    private const double MostTimes = 1.5;
    private const double MostMiB = 300;

    /// <summary>Each look at the operation is a request to storage, which has the scan to answer: more looks would be a load of ours.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        var store = await context.StoreAsync();
        await using var service = await context.ServiceAsync(Loaded.Full, ("SnapshotSettleSeconds", "0"));
        using var client = HttpLoad.Client(1, store.Key(Loaded.Full));
        var started = service.PeakMiB;
        var day = new DateOnly(2026, 1, 1);
        var (night, scan) = await Rounds.CompareAsync(context.Options.Rounds, () => RunAsync(client, service.Address, day = day.AddDays(1)),
            () => ScanAsync(store.ConnectionString(Loaded.Full)));
        return
        [
            Line.AtMost("a night's snapshot of all records against a raw scan", "ms", night, scan, MostTimes, "raw scan"),
            Line.Limit("memory of the worker, its highest, with its nights", "MiB", service.PeakMiB, MostMiB),
            Line.Note("the same before the first night", "MiB", started),
        ];
    }

    /// <summary>A night from the order to its end, in milliseconds.</summary>
    public static async Task<double> RunAsync(HttpClient client, Uri service, DateOnly day)
    {
        var begun = Stopwatch.GetTimestamp();
        using var accepted = await client.PostAsync(new Uri(service,
            string.Create(CultureInfo.InvariantCulture, $"api/v1/snapshots?date={day:yyyy-MM-dd}")), null);
        var operation = new Uri(service, accepted.EnsureSuccessStatusCode().Headers.Location!);
        while (true)
        {
            var state = (await client.GetFromJsonAsync<JsonElement>(operation)).GetProperty("state").GetString();
            if (state == "succeeded")
                return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            if (state is not ("queued" or "running"))
                throw new InvalidOperationException($"The run is {state}.");
            await Task.Delay(Pause);
        }
    }

    private static async Task<double> ScanAsync(string connection)
    {
        var begun = Stopwatch.GetTimestamp();
        await RawScan.RunAsync(connection, Project.Type);
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }
}
