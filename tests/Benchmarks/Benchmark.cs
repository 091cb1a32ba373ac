using FriendCity.Benchmarks.Reading;

namespace FriendCity.Benchmarks;

/// <summary>One benchmark: a name for the command line, and what it measures. A new one is a file and a line in <see cref="All"/>.</summary>
internal sealed record Benchmark(string Name, Func<BenchContext, Task<IReadOnlyList<Line>>> RunAsync)
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("point", Point.RunAsync),
        new("list", Lists.RunAsync),
    ];

    public static Benchmark? Find(string name) => All.FirstOrDefault(each => each.Name == name);
}
