using System.Diagnostics;

namespace FriendCity.Tests.Integration.Dev;

internal static class Unix
{
    /// <param name="target">A process id, or a group as its negative.</param>
    public static void Signal(string name, string target)
    {
        using var kill = Process.Start("kill", ["-s", name, "--", target]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>True while the process runs; one that has ended and only waits to be collected does not.</summary>
    public static bool IsRunning(string id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The command lines of all processes that were started in a folder or with a path in it.</summary>
    public static IReadOnlyList<string> ProcessesOf(string folder) =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).OfType<string>()
            .Where(id => char.IsAsciiDigit(id[0]) && IsRunning(id))
            .Select(id => (CommandLine: CommandLine(id), Folder: WorkingFolder(id)))
            .Where(process => process.CommandLine.Contains(folder, StringComparison.Ordinal)
                || process.Folder.StartsWith(folder, StringComparison.Ordinal))
            .Select(process => process.CommandLine),
    ];

    public static async Task EventuallyAsync(Func<bool> condition, TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        while (!condition() && clock.Elapsed < limit)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
    }

    private static string CommandLine(string id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static string WorkingFolder(string id)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{id}/cwd", returnFinalTarget: false)?.FullName ?? "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
