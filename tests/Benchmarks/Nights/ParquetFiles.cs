using System.Diagnostics;
using System.Globalization;
using FriendCity.Snapshots.Contracts;
using FriendCity.Snapshots.Formats.Parquet;

namespace FriendCity.Benchmarks.Nights;

/// <summary>A million rows of eleven columns to a Parquet file and out of it again, row by row, by us and by DuckDB, both with Snappy.</summary>
internal static class ParquetFiles
{
    private const int Millions = 1_000_000;
    private const double MostTimes = 2;

    /// <summary>So many different rows are held, and written over and over.</summary>
    private const int Different = 100_000;

    private static readonly Columns<object?[]> C = new();

    private static readonly SnapshotTable Table = new SnapshotTable<object?[]>("things", new("Things", "东西"), ["rows_hash"],
    [
        C.Date("snapshot_date", "Day", "日期", r => (DateOnly?)r[0]),
        C.Text("view", "View", "视图", r => (string?)r[1]),
        C.Text("kpi_id", "KPI", "指标", r => (string?)r[2]),
        C.Text("dimension", "Dimension", "维度", r => (string?)r[3], nullable: true),
        C.Number("value", "Value", "数值", r => (double?)r[4], nullable: true),
        C.Text("unit", "Unit", "单位", r => (string?)r[5]),
        C.Integer("rows", "Rows", "记录数", r => (long?)r[6]),
        C.Text("rows_hash", "Hash", "哈希", r => (string?)r[7]),
        C.Decimal("amount", "Amount", "金额", r => (decimal?)r[8], nullable: true),
        C.Flag("formal", "Formal", "正式", r => (bool?)r[9]),
        C.Date("as_of", "As of", "时点", r => (DateOnly?)r[10]),
    ],
    _ => []);

    public static async Task<IReadOnlyList<Line>> RunAsync(BenchContext context)
    {
        var rows = Enumerable.Range(0, Different).Select(Row).ToList();
        var path = Path.GetTempFileName();
        try
        {
            var (write, read) = ("a million rows to Parquet", "a million rows out of Parquet");
            if (Readers() is not { } readers)
                return [Line.Note($"{write} (DuckDB is not installed: run the tests once)", "ms", Write(rows, path)),
                    Line.Note(read, "ms", Read(path))];
            var (written, byDuck) = await Rounds.CompareAsync(context.Options.Rounds, () => Task.FromResult(Write(rows, path)),
                () => DuckAsync(readers, "write.cjs", $"{Millions}"));
            var (come, asDuck) = await Rounds.CompareAsync(context.Options.Rounds, () => Task.FromResult(Read(path)),
                () => DuckAsync(readers, "read.cjs", path, $"{Millions}"));
            return
            [
                Line.AtMost($"{write} against DuckDB", "ms", written, byDuck, MostTimes, "DuckDB"),
                Line.AtMost($"{read} against DuckDB", "ms", come, asDuck, MostTimes, "DuckDB"),
            ];
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static object?[] Row(int n) =>
    [
        new DateOnly(2023, 1, 1).AddDays(n % 1000), n % 2 == 0 ? "article" : "now", string.Create(CultureInfo.InvariantCulture, $"K{n % 45:D2}"),
        n % 3 == 0 ? null : "city",
        n % 7 == 0 ? null : n * 0.37, "cities", (long)(n % 500), string.Create(CultureInfo.InvariantCulture, $"{n * 2654435761L:x16}"), n % 5 == 0
            ? null : n / 100m, n % 4 == 0,
        new DateOnly(2024, 3, 25),
    ];

    private static double Write(List<object?[]> rows, string path)
    {
        var begun = Stopwatch.GetTimestamp();
        using (var file = File.Create(path))
        using (var writer = SnapshotFormat.Parquet.Open(Table, "x", file))
        {
            for (var i = 0; i < Millions; i++)
                writer.Add(rows[i % Different]);
            writer.Finish();
        }

        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static double Read(string path)
    {
        var begun = Stopwatch.GetTimestamp();
        using var file = File.OpenRead(path);
        if (ParquetRows.Of(Table.Columns, file).Count() is var rows and not Millions)
            throw new InvalidOperationException($"There are {rows} rows.");
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    /// <summary>Where the tests have installed DuckDB; null where they have not.</summary>
    private static string? Readers()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "FriendCityFunctions.sln")))
                return Directory.Exists(Path.Combine(folder.FullName, ".friendcity-oracles"))
                    ? Directory.EnumerateDirectories(Path.Combine(folder.FullName, ".friendcity-oracles"))
                        .FirstOrDefault(each => Directory.Exists(Path.Combine(each, "node_modules", "@duckdb")))
                    : null;
        return null;
    }

    private static async Task<double> DuckAsync(string readers, string script, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("node",
            [Path.Combine(readers, "..", "..", "tests", "oracles", script), readers, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return double.Parse(output, CultureInfo.InvariantCulture);
    }
}
