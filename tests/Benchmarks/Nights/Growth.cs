using System.Diagnostics;
using System.Text.Json;
using FriendCity.Benchmarks.Store;
using FriendCity.Kpis.Model;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats;
using FriendCity.Snapshots.Publishing;
using FriendCity.Snapshots.Tables;
using FriendCity.Storage.TemporaryFiles;
using Microsoft.Extensions.Configuration;

namespace FriendCity.Benchmarks.Nights;

/// <summary>
/// Five years of the sample as the night after them writes it, by the night's own code and without storage: how many bytes each contract's files
/// have, what their writing takes, and what the feed takes to load them.
/// </summary>
internal static class Growth
{
    private const double MostMB = 80;
    private const int Days = 1826;
    private const int DaysOfAYear = 366;

    private static readonly DateOnly Last = new(2026, 11, 21);
    private static readonly SnapshotStore Store = new(null!, TempFiles.Standard);

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        var years = new SampleYears(await BenchStore.ReadSampleAsync(), Views(), Last.AddDays(1 - Days));
        var before = new List<TableRows>();
        foreach (var table in DailyFormats.Tables)
            before.Add(Whole(table, years, Days));
        var lines = new List<Line>();
        var nights = new List<Dictionary<string, long>>();
        foreach (var major in SnapshotMajors.All)
        {
            using var memory = HighestMemory.Resident();
            var begun = Stopwatch.GetTimestamp();
            nights.Add(await NightAsync(major, before, years));
            lines.Add(Line.Note($"contract {major}: the files of a night written", "ms", Stopwatch.GetElapsedTime(begun).TotalMilliseconds));
            lines.Add(Line.Note($"contract {major}: most memory meanwhile, above what there was", "MiB", memory.MiB));
        }

        foreach (var (name, bytes) in nights[1].Where(file => file.Key.StartsWith("kpi_", StringComparison.Ordinal)))
            lines.Add(Line.Note($"contract 2: {name}", "MB", MB(bytes)));
        foreach (var (name, bytes) in nights[0].Where(file => file.Key.StartsWith("kpi_", StringComparison.Ordinal)))
            lines.Add(Line.Note($"contract 1: {name}", "MB", MB(bytes)));
        lines.Add(Line.Note("rows of kpi_daily", "rows", before[0].Of([KpiDaily.Table.Columns[0]]).Count()));
        lines.Add(Line.Note("contract 1: all files of a night", "MB", MB(nights[0].Values.Sum())));
        lines.Add(Line.Limit("contract 2: all files of a night", "MB", MB(nights[1].Values.Sum()), MostMB));
        await using (var year = Whole(KpiDaily.Table, years, DaysOfAYear))
        await using (var small = Whole(SectorTable.Table, years, 2))
            lines.AddRange(await FeedOfYears.RunAsync(before[0], year, small));
        foreach (var rows in before)
            await rows.DisposeAsync();
        return lines;
    }

    private static double MB(long bytes) => bytes / 1e6;

    /// <summary>The office's views as the sample's settings name them.</summary>
    private static KpiPresets Views() => new ConfigurationBuilder().AddInMemoryCollection(JsonSerializer.Deserialize<Dictionary<string, string?>>(
        File.ReadAllText(Path.Combine(BenchStore.Root, "samples", "sco.settings.json")))!).Build().Views();

    /// <summary>A table as the snapshot of the day before has it, with so many days where it is a daily one.</summary>
    private static TableRows Whole(SnapshotTable table, SampleYears years, int days)
    {
        var file = TempFiles.Standard.Open();
        using var writer = SnapshotFormat.Parquet.Open(table, "before", file);
        foreach (var day in years.Each(Last.AddDays(1 - days), Last.AddDays(-1)))
            foreach (var row in table.Rows(day).OfType<object?[]>())
                writer.Add(row);
        writer.Finish();
        return new TableRows(table, [(SnapshotFormat.Parquet.FileOf(table), file)]);
    }

    /// <returns>Bytes by the files' names.</returns>
    private static async Task<Dictionary<string, long>> NightAsync(int major, List<TableRows> before, SampleYears years)
    {
        var bytes = new Dictionary<string, long>();
        await using var files = new SnapshotFiles(Store, "night", Last, [major]);
        var today = years.Each(Last, Last).Single();
        foreach (var table in SnapshotTables.All)
        {
            var rows = before.Find(each => each.Table == table) is { } so
                ? DailyFormats.Merge(so.Of(table.Columns), [Last], _ => Task.FromResult<IReadOnlyList<object?[]?>>([.. table.Rows(today)]))
                : new[] { table.Rows(today) }.ToAsyncEnumerable();
            await foreach (var file in files.WriteTempAsync(table, rows, CancellationToken.None))
                await using (file.Content)
                    bytes[file.Of.Name] = file.Content.Length;
        }

        return bytes;
    }
}
