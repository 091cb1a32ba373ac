using System.Diagnostics;
using FriendCity.Benchmarks.Store;
using FriendCity.Registry;

namespace FriendCity.Benchmarks.Reading;

/// <summary>From the start of host and worker to the first answers, and the memory that the records take.</summary>
internal static class Start
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        var store = await context.StoreAsync();
        var (live, empty) = await Rounds.CompareAsync(context.Options.Rounds, () => LiveAsync(context, store), () => EmptyAsync(context));
        var (ready, scan) = await Rounds.CompareAsync(Math.Min(context.Options.Rounds, 3), () => ReadyAsync(context, store), () => ScanAsync(store));
        return
        [
            Line.AtMost("first 200 of /health/live", "ms", live, empty, 1.3, "empty"),
            Line.AtMost("first list of all records", "ms", ready, empty + scan, 1.5, "empty + raw scan"),
            .. await MemoryAsync(context, store),
        ];
    }

    private static async Task<double> LiveAsync(BenchContext context, BenchStore store)
    {
        await using var service = context.Service(store.ConnectionString(Loaded.Sample));
        return (await service.AnswersAsync("health/live", Limit)).TotalMilliseconds;
    }

    private static async Task<double> EmptyAsync(BenchContext context)
    {
        await using var empty = context.Empty("{\"status\":\"live\"}"u8.ToArray());
        return (await empty.AnswersAsync("health/live", Limit)).TotalMilliseconds;
    }

    private static async Task<double> ReadyAsync(BenchContext context, BenchStore store)
    {
        await using var service = context.Service(store.ConnectionString(Loaded.Full));
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
