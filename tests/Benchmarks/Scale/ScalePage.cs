using System.Globalization;
using System.Text;

namespace FriendCity.Benchmarks.Scale;

/// <summary>docs/scale.md and the pictures in docs/scale.</summary>
internal static class ScalePage
{
    private const double MiB = 1024 * 1024;

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
        Row("a scan of the same rows by the official client, s", size => $"{size.Scan:0.0}");
        Row("one record, ms", size => $"{size.Record:0.0}");
        Row("list of 50 by two indexes, asked before, ms", size => $"{size.List:0.0}");
        Row("list of 50, a new question, ms", size => $"{size.New:0.0}");
        Row("new questions a second, of those an empty function answers", size => $"{size.NewRate.Ours / size.NewRate.Empty:0.00}");
        Row("all figures of a date, s", size => $"{size.Figures / 1000:0.00}");
        Row("night, s", size => $"{size.NightTime:0.0}");
        Row("most memory of the worker, MiB", size => $"{size.NightMiB:#,0}");
        Row("files of a night, MiB", size => $"{size.NightBytes / MiB:#,0}");
        return text.Append(Foot.ReplaceLineEndings("\n")).ToString();

        void Row(string what, Func<ScaleSize, FormattableString> cell) => text.Append(
            $"| {what} | {string.Join(" | ", sizes.Select(size => cell(size).ToString(CultureInfo.InvariantCulture)))} |\n");
    }

    private const string Head = """
        # How large it may grow

        Every instance holds all records in memory. This is what that takes: projects of an office, drawn by the thousand to the million, over the sample.
        `dotnet run dev.cs bench scale` measures it and writes this page; it takes a quarter of an hour. 每个实例将全部记录保存在内存中；下表为记录数增长时的内存与时间。

        Two processors, shared by the service, its storage and the readers. Storage is a server that draws the projects and answers as Table Storage does, in
        pages of a thousand rows, each answer after 5 ms (reads of one reader: at once); everything else is kept by the emulator. A read waits for one answer
        of storage: add what yours takes.


        """;

    private const string Foot = """

        ![Memory by the number of projects](scale/memory.svg)

        ![Start, night and all figures of a date by the number of projects](scale/work.svg)

        ![What one reader waits for by the number of projects](scale/reads.svg)

        """;
}
