using System.Diagnostics;
using System.Globalization;

namespace FriendCity.Dev;

/// <summary>One line a step: its name when it starts, its seconds and outcome when it ends.</summary>
internal static class Steps
{
    /// <param name="step">Returns a few words about the outcome, or null.</param>
    public static async Task RunAsync(string name, Func<Task<string?>> step)
    {
        Console.Write($"{name,-10}");
        var clock = Stopwatch.StartNew();
        try
        {
            var outcome = await step();
            Console.WriteLine(Seconds(clock) + (outcome is null ? "" : "  " + outcome));
        }
        catch
        {
            Console.WriteLine(Seconds(clock));
            throw;
        }
    }

    /// <summary>Runs a tool; what it said is shown only when it fails.</summary>
    public static Task RunAsync(string name, Folder folder, Launch launch, CancellationToken stop) =>
        RunAsync(name, async () =>
        {
            await SucceedAsync(name, folder, launch, stop);
            return null;
        });

    public static async Task<Finished> SucceedAsync(string name, Folder folder, Launch launch, CancellationToken stop)
    {
        var finished = await Tethered.RunAsync(folder, launch, stop);
        return finished.ExitCode == 0
            ? finished
            : throw new Refusal($"{finished.Output.TrimEnd()}\n{name} failed: {Path.GetFileName(launch.Command)} ended with code "
                + $"{finished.ExitCode}.");
    }

    private static string Seconds(Stopwatch clock) =>
        string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds,5:0.0} s");
}
