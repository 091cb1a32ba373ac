using System.Diagnostics;
using System.Globalization;

namespace FriendCity.Benchmarks.Reading;

/// <summary>Asks the service, in its real composition and a process of its own, how much is alive on its heap with all records loaded.</summary>
internal static class HeapProbe
{
    private const string Answer = "heap ";

    public static async Task<double> MiBAsync(string connectionString)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "FriendCity.Benchmarks"), ["instance"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["AzureWebJobsStorage"] = connectionString;
        start.Environment["DOTNET_ROOT"] = ServerProcess.Runtime;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync("heap");
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        var line = output.Split('\n').First(each => each.StartsWith(Answer, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(Answer.Length), NumberStyles.None, CultureInfo.InvariantCulture) / (1024.0 * 1024);
    }
}
