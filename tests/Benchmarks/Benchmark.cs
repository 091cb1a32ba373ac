using FriendCity.Benchmarks.Code;
using FriendCity.Benchmarks.Cost;
using FriendCity.Benchmarks.Figures;
using FriendCity.Benchmarks.Nights;
using FriendCity.Benchmarks.Pages;
using FriendCity.Benchmarks.Reading;
using FriendCity.Benchmarks.Scale;
using FriendCity.Benchmarks.Writing;

namespace FriendCity.Benchmarks;

/// <summary>One benchmark: a name for the command line, and what it measures. A new one is a file and a line in <see cref="All"/>.</summary>
internal sealed record Benchmark(string Name, Func<BenchContext, Task<IReadOnlyList<Line>>> RunAsync)
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("latency", Latency.RunAsync),
        new("point", Point.RunAsync),
        new("list", Lists.RunAsync),
        new("page-all", PageAll.RunAsync),
        new("odata", FeedLoad.RunAsync),
        new("polls", Polls.RunAsync),
        new("overload", Overload.RunAsync),
        new("start", Start.RunAsync),
        new("code", CodeCost.RunAsync),
        new("scale", ScaleRun.RunAsync),
        new("figures", FigureTimes.RunAsync),
        new("page", PageTimes.RunAsync),
        new("cost", CostCount.RunAsync),
        new("night", Night.RunAsync),
        new("parquet", ParquetFiles.RunAsync),
        new("growth", Growth.RunAsync),
        new("import", Imports.RunAsync),
        new("files", FileImports.RunAsync),
        // Last, as it changes the registry that the others read.
        new("readers", WhileImporting.RunAsync),
    ];

    public static Benchmark? Find(string name) => All.FirstOrDefault(each => each.Name == name);
}
