using System.Globalization;
using System.Text;

namespace FriendCity.Benchmarks.Scale;

/// <summary>docs/scale.md and the pictures in docs/scale.</summary>
internal static class ScalePage
{
    private const double MiB = 1024 * 1024;

    /// <summary>What the Functions host takes beside the worker.</summary>
    private const double HostMiB = 200;
    private const double Share = 0.9;
    private static readonly int[] Plans = [512, 2048, 4096];

    public static async Task WriteAsync(string docs, IReadOnlyList<ScaleSize> sizes, long without)
    {
        var folder = Directory.CreateDirectory(Path.Combine(docs, "scale")).FullName;
        await File.WriteAllTextAsync(Path.Combine(docs, "scale.md"), Text(sizes, without));
        await File.WriteAllTextAsync(Path.Combine(folder, "memory.svg"), Chart.Svg("Memory", "MiB",
        [
            ("highest, with a night", Curve(size => size.NightMiB)),
            ("resident after the start", Curve(size => size.ResidentMiB)),
            ("the projects", Curve(size => (size.Code.Heap - without) / MiB)),
            ("files of a night", Curve(size => size.NightBytes / MiB)),
        ]));
        await File.WriteAllTextAsync(Path.Combine(folder, "work.svg"), Chart.Svg("Start, night, figures", "seconds",
        [
            ("night", Curve(size => size.NightTime)),
            ("start to first list", Curve(size => size.Load)),
            ("all figures of a date", Curve(size => size.Figures / 1000)),
        ]));
        await File.WriteAllTextAsync(Path.Combine(folder, "reads.svg"), Chart.Svg("One reader waits", "milliseconds",
        [
            ("list, new question", Curve(size => size.New)),
            ("list, asked before", Curve(size => size.List)),
            ("record", Curve(size => size.Record)),
        ]));

        IReadOnlyList<(double, double)> Curve(Func<ScaleSize, double> figure) => [.. sizes.Select(size => ((double)size.Projects, figure(size)))];
    }

    private static string Text(IReadOnlyList<ScaleSize> sizes, long without)
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        Row("projects", size => $"{size.Projects:#,0}");
        text.Append("|---").Append(string.Concat(Enumerable.Repeat("|---:", sizes.Count))).Append("|\n");
        Row("a project in memory, bytes", size => $"{(size.Code.Heap - without) / (double)size.Projects:#,0}");
        Row("resident memory after the start, MiB", size => $"{size.ResidentMiB:#,0}");
        Row("start to the first list, s", size => $"{size.Load:0.0}");
        Row("a scan of the same rows by the official client, s", size => $"{size.Scan:0.00}");
        Row("one record, ms", size => $"{size.Record:0.0}");
        Row("list of 50 by two indexes, asked before, ms", size => $"{size.List:0.0}");
        Row("list of 50, a new question, ms", size => $"{size.New:0.0}");
        Row("new questions a second, of those an empty function answers", size => $"{size.NewRate.Ours / size.NewRate.Empty:0.00}");
        Row("all figures of a date, s", size => $"{size.Figures / 1000:0.00}");
        Row("night, s", size => $"{size.NightTime:0.0}");
        Row("most memory of the worker, MiB", size => $"{size.NightMiB:#,0}");
        Row("files of a night, MiB", size => $"{size.NightBytes / MiB:#,0}");
        Row("instance, MB", size => $"{Plan(size):#,0}");
        return text.Append(Foot.ReplaceLineEndings("\n")).ToString();

        void Row(string what, Func<ScaleSize, FormattableString> cell) => text.Append(CultureInfo.InvariantCulture,
            $"| {what} | {string.Join(" | ", sizes.Select(size => cell(size).ToString(CultureInfo.InvariantCulture)))} |\n");
    }

    /// <summary>The smallest instance of Flex Consumption that holds the worker, the host beside it, and some room.</summary>
    private static int Plan(ScaleSize size) => Plans.FirstOrDefault(plan => size.NightMiB + HostMiB <= Share * plan, Plans[^1]);

    private const string Head = """
        # How large it may grow

        Every instance holds all records in memory. This is what that takes: projects as an office might have them, tenfold from column to column, over
        the sample. `dotnet run dev.cs bench scale` measures it and writes this page and its pictures. 每个实例将全部记录保存在内存中；下表为记录数增长时所需的内存与时间。

        Two processors, shared by the service under the local host, its storage and the readers. Storage is a server that draws the projects and
        answers as Table Storage does: pages of a thousand rows, each answer after 5 ms, but at once where reads are measured, since a read waits for one
        answer whatever the size (add what yours takes). All else is kept by the emulator. Compare columns: another machine has other numbers.


        """;

    private const string Foot = """

        *Asked before*: 48 questions of a dashboard again and again; *new*: each for the first time. *Most memory* is the worker's highest, with a whole
        night in it. The instance is the smallest of Flex Consumption (512, 2,048 or 4,096 MB) that holds it with the host beside it; the template
        takes 2,048.

        ![Memory by the number of projects](scale/memory.svg)

        ![Start, night and all figures of a date by the number of projects](scale/work.svg)

        ![What one reader waits for by the number of projects](scale/reads.svg)

        ## What to choose

        选择：一万条以内无须调整；十万条设 `alwaysReadyInstances=1`，报表读取快照；百万条用 4,096 MB 实例，导出用 CSV 或 NDJSON，导入分批，并确认夜间任务在十分钟内完成。

        - **To 10,000 records**: nothing. Lists, figures and the feed answer from memory, a start is hardly longer than that of an empty app.
        - **To 100,000**: an instance that is always ready (`alwaysReadyInstances=1`), as a start reads all records. Power BI reads snapshots, which hold
          the figures of every day; the [feed](odata.md) is for who needs records of this minute, a page of 5,000 at a time.
        - **To 1,000,000**: besides, `instanceMemoryMB` 4,096 in `infra/main.bicep`, and figures of past days from [snapshots](snapshots.md), not live.
          Take all records as [CSV or NDJSON](import-export.md), which are sent row by row: a sheet of Excel ends at 1,048,576 rows. An import's file
          has at most 100 MB: send several. The night has the ten minutes of `functionTimeout` in `host.json`: watch how long it takes in your region,
          and raise it in time.
        - **Beyond**: so many records belong into a database that sorts and counts by itself; this service is not made for them.
        - **Years** take no memory: the feed reads the daily tables from the snapshot's files while it sends them (`bench growth` loads five years beside one).
        - More **instances** answer more readers and hold no more records: each has all of them.

        """;
}
