using System.Diagnostics;
using FriendCity.Benchmarks.Store;
using FriendCity.Registry;

namespace FriendCity.Benchmarks.Reading;

/// <summary>From the start of the process to its first answers, and the memory that the records take.</summary>
internal static class Start
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        var store = await context.StoreAsync();
        var (live, bare) = await Rounds.CompareAsync(context.Options.Rounds, () => LiveAsync(context, store), BareAsync);
        var (ready, scan) = await Rounds.CompareAsync(Math.Min(context.Options.Rounds, 3), () => ReadyAsync(context, store), () => ScanAsync(store));
        return
        [
            Line.AtMost("first 200 of /health/live", "ms", live, bare, 1.5, "bare"),
            Line.AtMost("first list of all records", "ms", ready, scan, 1.5, "raw scan"),
            .. await MemoryAsync(context, store),
        ];
    }

    private static async Task<double> LiveAsync(BenchContext context, BenchStore store)
    {
        await using var service = ServerProcess.Service(context.Options.App, store.ConnectionString(Loaded.Sample));
        return (await service.AnswersAsync("health/live", Limit)).TotalMilliseconds;
    }

    private static async Task<double> BareAsync()
    {
        await using var bare = ServerProcess.Bare("{\"status\":\"live\"}"u8.ToArray());
        return (await bare.AnswersAsync("health/live", Limit)).TotalMilliseconds;
    }

    private static async Task<double> ReadyAsync(BenchContext context, BenchStore store)
    {
        await using var service = ServerProcess.Service(context.Options.App, store.ConnectionString(Loaded.Full));
        return (await service.AnswersAsync("api/v1/projects?$top=1", Limit, store.Key(Loaded.Full))).TotalMilliseconds;
    }

    private static async Task<double> ScanAsync(BenchStore store)
    {
        var begun = Stopwatch.GetTimestamp();
        await RawScan.RunAsync(store.ConnectionString(Loaded.Full), Project.Type);
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static async Task<IReadOnlyList<Line>> MemoryAsync(BenchContext context, BenchStore store)
    {
        await using var full = await context.ServiceAsync(Loaded.Full);
        await using var few = await context.ServiceAsync(Loaded.Sample);
        var (withRows, without) = (full.ResidentMiB, few.ResidentMiB);
        var heap = await HeapProbe.MiBAsync(store.ConnectionString(Loaded.Full)) - await HeapProbe.MiBAsync(store.ConnectionString(Loaded.Sample));
        return
        [
            Line.Limit("resident memory that the projects add", "MiB", withRows - without, 100),
            Line.Note("resident memory with them, and without", "MiB", withRows, without),
            Line.Note("living objects that the projects add", "MiB", heap),
        ];
    }
}
