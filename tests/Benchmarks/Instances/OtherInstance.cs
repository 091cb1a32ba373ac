using System.Diagnostics;

namespace FriendCity.Benchmarks.Instances;

/// <summary>A second instance of the service over the same registry, in a process of its own that does what it is told.</summary>
internal sealed class OtherInstance : IDisposable
{
    private readonly Process _process;

    private OtherInstance(Process process) => _process = process;

    public static OtherInstance Start(string connectionString)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "FriendCity.Benchmarks"), ["instance"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["AzureWebJobsStorage"] = connectionString;
        start.Environment["DOTNET_ROOT"] = ServerProcess.Runtime;
        return new(Process.Start(start)!);
    }

    /// <summary>Its answer to a line: what follows the line's first word, which it repeats.</summary>
    public async Task<string> AskAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        var answer = line.Split(' ')[0] + " ";
        while (await _process.StandardOutput.ReadLineAsync() is { } said)
            if (said.StartsWith(answer, StringComparison.Ordinal))
                return said[answer.Length..];
        throw new InvalidOperationException($"The instance ended before it answered '{line}'.");
    }

    public void Dispose()
    {
        // Its input's end is its own.
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
