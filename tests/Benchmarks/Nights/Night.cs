using System.Diagnostics;
using FriendCity.Benchmarks.Store;
using FriendCity.Registry;
using FriendCity.Snapshots;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace FriendCity.Benchmarks.Nights;

/// <summary>A whole night's run over all projects, from the cut to the last copy, beside a raw scan of the same rows. The wait for writes under way is left out.</summary>
internal static class Night
{
    private const int MostRounds = 3;

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        var store = await context.StoreAsync();
        var connection = store.ConnectionString(Loaded.Full);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("AzureWebJobsStorage", connection)]);
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(SnapshotOptions.Default with { Settle = TimeSpan.Zero }).AddFriendCity(builder.Configuration);
        using var host = builder.Build();
        var run = host.Services.GetRequiredService<SnapshotRun>();
        var day = new DateOnly(2026, 1, 1);
        var (night, scan) = await Rounds.CompareAsync(
            Math.Min(context.Options.Rounds, MostRounds), () => NightAsync(run, day = day.AddDays(1)), () => ScanAsync(connection));
        return [Line.Note("a night's snapshot of all records against a raw scan", "ms", night, scan)];
    }

    private static async Task<double> NightAsync(SnapshotRun run, DateOnly day)
    {
        var begun = Stopwatch.GetTimestamp();
        if (await run.RunAsync(new SnapshotOrder(day, Provisional: false, Once: false), CancellationToken.None) is not SnapshotOutcome.Published)
            throw new InvalidOperationException("The run published nothing.");
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static async Task<double> ScanAsync(string connection)
    {
        var begun = Stopwatch.GetTimestamp();
        await RawScan.RunAsync(connection, Project.Type);
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }
}
