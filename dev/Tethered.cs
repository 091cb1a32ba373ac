using System.Diagnostics;
using System.Text;

namespace FriendCity.Dev;

internal sealed record Finished(int ExitCode, string Output)
{
    public string LastLine => Output.TrimEnd().Split('\n')[^1].TrimEnd();
}

/// <summary>How a command is started; see tether.mjs for what <paramref name="Log"/> and <paramref name="Pid"/> do.</summary>
internal sealed record Launch(string Command, IReadOnlyList<string> Arguments)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string? Log { get; init; }

    public string? Pid { get; init; }

    /// <summary>The folder to run in, if not the top.</summary>
    public string? In { get; init; }

    /// <summary>Shows the output as it comes, besides collecting it.</summary>
    public bool Echo { get; init; }

    public static Launch Of(string command, params string[] arguments) => new(command, arguments);
}

/// <summary>A child that ends, with all its descendants, when this process does: however that happens.</summary>
internal sealed class Tethered : IAsyncDisposable
{
    private readonly Process tether;
    private readonly Launch launch;
    private readonly StringBuilder output = new();

    private Tethered(Process tether, Launch launch)
    {
        this.tether = tether;
        this.launch = launch;
        tether.OutputDataReceived += (_, data) => Keep(data.Data);
        tether.ErrorDataReceived += (_, data) => Keep(data.Data);
        tether.BeginOutputReadLine();
        tether.BeginErrorReadLine();
        Exit = WaitAsync();
    }

    /// <summary>Completes with the command's exit code.</summary>
    public Task<int> Exit { get; }

    private string Output
    {
        get { lock (output) return output.ToString(); }
    }

    public static Tethered Start(Folder folder, Launch launch)
    {
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = launch.In ?? folder.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(folder.Tether);
        Add("--log", launch.Log);
        Add("--pid", launch.Pid);
        start.ArgumentList.Add("--");
        start.ArgumentList.Add(launch.Command);
        foreach (var argument in launch.Arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in launch.Environment)
            start.Environment[name] = value;
        return new Tethered(Process.Start(start)!, launch);

        void Add(string option, string? value)
        {
            if (value is null) return;
            start.ArgumentList.Add(option);
            start.ArgumentList.Add(value);
        }
    }

    /// <summary>Runs a command to its end, or ends it when <paramref name="stop"/> fires.</summary>
    public static async Task<Finished> RunAsync(Folder folder, Launch launch, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        await using var child = Start(folder, launch);
        await using (stop.Register(child.Release))
        {
            var exitCode = await child.Exit;
            stop.ThrowIfCancellationRequested();
            return new Finished(exitCode, child.Output);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        await Exit;
        tether.Dispose();
    }

    private void Release() => tether.StandardInput.Close();

    private async Task<int> WaitAsync()
    {
        await tether.WaitForExitAsync();
        return tether.ExitCode;
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (output) output.Append(line).Append('\n');
        if (launch.Echo) Console.WriteLine(line);
    }
}
