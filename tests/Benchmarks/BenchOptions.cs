using System.Globalization;
using FriendCity.Benchmarks.Store;

namespace FriendCity.Benchmarks;

/// <param name="Names">Which benchmarks; empty for all.</param>
/// <param name="Rows">Projects in the registry.</param>
/// <param name="Connections">Of the client to each server.</param>
/// <param name="Rounds">Measured rounds, after one that is not.</param>
/// <param name="Span">How long one of them loads a server.</param>
/// <param name="PlainEmulator">Storage as the emulator is: it looks at every row of a table for a query, and of a partition for a new row.</param>
/// <param name="App">The folder with the service as it is published; its build beside this program's by default.</param>
/// <param name="Empty">The folder with the empty app, likewise.</param>
/// <param name="Keep">Where loaded registries are kept from run to run; null to load anew.</param>
/// <param name="Prices">A file with the prices of storage; for <c>cost</c>.</param>
/// <param name="Docs">The folder with the pages that <c>cost</c> and <c>scale</c> write.</param>
internal sealed record BenchOptions(
    IReadOnlyList<string> Names, int Rows, int Connections, int Rounds, TimeSpan Span, bool Json,
    bool PlainEmulator, string App, string Empty, string? Keep, string? Prices, string? Docs)
{
    public const string Usage = "[names…] [--rows 100000] [--connections 64] [--rounds 5] [--milliseconds 2000] [--json]" +
        " [--plain-emulator] [--app FOLDER] [--empty FOLDER] [--keep FOLDER] [--prices FILE] [--docs FOLDER]";

    /// <exception cref="FormatException">Says which word cannot be understood.</exception>
    public static BenchOptions Read(string[] args)
    {
        var names = new List<string>();
        var (app, empty) = (Built("functions"), Built("tests/Benchmarks/EmptyApp"));
        var options = new BenchOptions(
            names, 100_000, 64, 5, TimeSpan.FromSeconds(2), Json: false, PlainEmulator: false, app, empty, null, null, null);
        for (var i = 0; i < args.Length; i++)
            options = args[i] switch
            {
                "--json" => options with { Json = true },
                "--plain-emulator" => options with { PlainEmulator = true },
                "--rows" => options with { Rows = Number(args, ++i, 1000) },
                "--connections" => options with { Connections = Number(args, ++i, 1) },
                "--rounds" => options with { Rounds = Number(args, ++i, 1) },
                "--milliseconds" => options with { Span = TimeSpan.FromMilliseconds(Number(args, ++i, 1)) },
                "--app" => options with { App = Word(args, ++i) },
                "--empty" => options with { Empty = Word(args, ++i) },
                "--keep" => options with { Keep = Word(args, ++i) },
                "--docs" => options with { Docs = Word(args, ++i) },
                "--prices" => options with { Prices = Word(args, ++i) },
                var name when Benchmark.Find(name) is not null => Named(options, names, name),
                var other => throw new FormatException(
                    $"There is no benchmark '{other}'. There are: {string.Join(", ", Benchmark.All.Select(each => each.Name))}."),
            };
        return options;
    }

    /// <summary>What a build of this program has made of another project, in the same configuration and for the same framework.</summary>
    private static string Built(string project)
    {
        var bin = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(BenchStore.Root, project, "bin", bin.Parent!.Name, bin.Name);
    }

    private static BenchOptions Named(BenchOptions options, List<string> names, string name)
    {
        names.Add(name);
        return options;
    }

    private static string Word(string[] args, int at) => at < args.Length ? args[at] : throw new FormatException($"{args[^1]} needs a value.");

    private static int Number(string[] args, int at, int least) =>
        int.TryParse(Word(args, at), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new FormatException($"{args[at - 1]} takes a number from {least}, not '{args[at]}'.");
}
