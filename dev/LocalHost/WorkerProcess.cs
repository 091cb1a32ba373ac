using System.Diagnostics;
using System.Text.Json;

namespace FriendCity.LocalHost;

/// <summary>The worker that worker.config.json names, as a child of ours whose output is passed on.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    private WorkerProcess(Process process, HostLog log)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Pass(line.Data);
        process.ErrorDataReceived += (_, line) => Pass(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Exit = ExitAsync();

        void Pass(string? line)
        {
            if (line is not null)
                log.Line(line);
        }
    }

    /// <summary>Its exit code, after its last line of output.</summary>
    public Task<int> Exit { get; }

    public int Id => _process.Id;

    public static WorkerProcess Start(LocalHostOptions options, IEnumerable<string> arguments, HostLog log)
    {
        var path = Path.Combine(options.AppFolder, "worker.config.json");
        if (!File.Exists(path))
            throw new WorkerException($"{options.AppFolder} holds no worker.config.json: it is not the build output of a Functions app.");
        using var config = JsonDocument.Parse(File.ReadAllText(path));
        var description = config.RootElement.GetProperty("description");
        var executable = description.GetProperty("defaultExecutablePath").GetString()!;
        var beside = Path.Combine(options.AppFolder, executable);
        var start = new ProcessStartInfo(File.Exists(beside) ? beside : executable)
        {
            WorkingDirectory = options.AppFolder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (description.TryGetProperty("defaultWorkerPath", out var worker) && worker.GetString() is { Length: > 0 } assembly)
            start.ArgumentList.Add(Path.Combine(options.AppFolder, assembly));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in options.Settings)
            start.Environment[name] = value;
        start.Environment["FUNCTIONS_APPLICATION_DIRECTORY"] = options.AppFolder;
        start.Environment["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated";
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        return new WorkerProcess(Process.Start(start)!, log);
    }

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has gone already.
        }
    }

    public void Dispose() => _process.Dispose();

    private async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }
}
