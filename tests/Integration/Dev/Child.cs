using System.Diagnostics;
using System.Globalization;
using System.Text;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Dev;

/// <summary>A process of a test: its input stays open until it is closed, its output lines are collected.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly Task reading;

    public Child(string command, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder ?? Repository.Root,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        process = Process.Start(start)!;
        reading = ReadAsync();
    }

    public int Id => process.Id;

    public string Output
    {
        get { lock (output) return output.ToString(); }
    }

    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void CloseInput() => process.StandardInput.Close();

    /// <summary>SIGKILL, to this process only.</summary>
    public void Kill() => process.Kill();

    public void Signal(string name) => Unix.Signal(name, Id.ToString(CultureInfo.InvariantCulture));

    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await reading;
        return process.ExitCode;
    }

    /// <summary>The line for which the test waits; fails when the output ends without it.</summary>
    public async Task<string> LineAsync(Func<string, bool> isIt)
    {
        await Unix.EventuallyAsync(() => Lines.Any(isIt) || reading.IsCompleted, TimeSpan.FromMinutes(10));
        return Lines.FirstOrDefault(isIt) ?? throw new InvalidOperationException($"The line did not come. The output was:\n{Output}");
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            lock (output) output.Append(line).Append('\n');
    }
}
