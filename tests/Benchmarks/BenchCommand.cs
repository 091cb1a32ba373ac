using System.Globalization;

namespace FriendCity.Benchmarks;

/// <summary>Runs the benchmarks that are asked for and prints their lines as they come. A missed target is printed, not an error.</summary>
internal static class BenchCommand
{
    private const int Misused = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var options = BenchOptions.Read(args);
            var lines = await RunAsync(options);
            Console.WriteLine(options.Json ? BenchReport.Json(options, lines) : BenchReport.Sum([.. lines.Select(line => line.Line)]));
            return 0;
        }
        catch (FormatException fault)
        {
            await Console.Error.WriteLineAsync($"{fault.Message}\nusage: {BenchOptions.Usage}");
            return Misused;
        }
    }

    private static async Task<List<(string Benchmark, Line Line)>> RunAsync(BenchOptions options)
    {
        var lines = new List<(string, Line)>();
        await using var context = new BenchContext(options);
        context.Say(string.Create(CultureInfo.InvariantCulture,
            $"{options.Rows:#,0} projects, {options.Connections} connections, {Environment.ProcessorCount} processors" +
            $"{(options.PlainEmulator ? ", storage emulator as it is" : "")}"));
        context.Say(BenchReport.Head);
        foreach (var benchmark in Benchmark.All.Where(each => options.Names.Count == 0 || options.Names.Contains(each.Name)))
            foreach (var line in await benchmark.RunAsync(context))
            {
                lines.Add((benchmark.Name, line));
                context.Say(BenchReport.Row(line));
            }

        return lines;
    }
}
