using System.Diagnostics;
using System.Text.Json;
using FriendCity.Benchmarks.Code;
using FriendCity.Benchmarks.Reading;
using FriendCity.Benchmarks.Store;

namespace FriendCity.Benchmarks.Scale;

/// <summary>What records take in a process of their own, and what calls take of its processors with them loaded.</summary>
/// <param name="Heap">Bytes alive.</param>
/// <param name="Record">Microseconds of a processor for one record; <paramref name="List"/> for five rows of a question that was asked before,
/// <paramref name="New"/> of one that was not.</param>
internal sealed record LoadedCode(long Heap, double Record, double List, double New)
{
    private const int Calls = 20_000;
    private const int Turns = 3;

    /// <summary>So few that every city and status has them among a thousand projects too.</summary>
    private const int Top = 5;

    public static async Task<LoadedCode> OfAsync(string connectionString, int rows)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "FriendCity.Benchmarks"),
            ["loaded", FormattableString.Invariant($"{rows}")])
        { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["AzureWebJobsStorage"] = connectionString;
        start.Environment["DOTNET_ROOT"] = ServerProcess.Runtime;
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? JsonSerializer.Deserialize<LoadedCode>(said)!
            : throw new InvalidOperationException($"The process with {rows} projects ended with {process.ExitCode}: {said}");
    }

    /// <summary>The process itself: the setting AzureWebJobsStorage names the registry.</summary>
    public static async Task<int> RunAsync(int rows)
    {
        await using var app = await CodeCostApp.OpenAsync(Environment.GetEnvironmentVariable("AzureWebJobsStorage")!);
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        var ((cities, _), nowhere) = (await BenchStore.SampleAsync(), new Uri("http://localhost/"));
        string[] ids = [.. cities.Select(city => city.Id)];
        var measured = new LoadedCode(heap,
            rows == 0 ? 0 : await MedianAsync(Point.Of(nowhere, rows), Calls),
            await MedianAsync(Lists.Again(nowhere, ids, Top), Calls),
            await MedianAsync(Lists.New(nowhere, ids, Top), Calls / 10));
        Console.WriteLine(JsonSerializer.Serialize(measured));
        return 0;

        async Task<double> MedianAsync(Uri[] addresses, int calls)
        {
            await app.MeasureAsync(addresses, calls);
            var rounds = new List<double>();
            for (var round = 0; round < Turns; round++)
                rounds.Add((await app.MeasureAsync(addresses, calls)).Microseconds);
            return Rounds.Median(rounds);
        }
    }
}
