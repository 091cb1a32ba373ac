using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace FriendCity.Benchmarks;

/// <summary>A Functions app under the local host, each a process of its own, on a free port.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int LinesKept = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private static readonly string LocalHost = Path.Combine(AppContext.BaseDirectory, "FriendCity.LocalHost.dll");
    private static readonly (string Name, string Value)[] NoTimers =
        [("AzureWebJobs.NightlySnapshot.Disabled", "true"), ("AzureWebJobs.ResumeOperations.Disabled", "true")];

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = [];

    private ServerProcess(string file, string[] arguments, int port, params (string Name, string Value)[] settings)
    {
        Address = new Uri($"http://127.0.0.1:{port}/");
        var start = new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_ROOT"] = Runtime;
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        Started = Stopwatch.GetTimestamp();
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    /// <summary><see cref="Stopwatch.GetTimestamp"/> just before the process was started.</summary>
    public long Started { get; }

    /// <summary>Executables look for the runtime where it is usually installed; this process knows where it is.</summary>
    public static string Runtime { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    /// <summary>Memory of the worker that is in use now, in MiB.</summary>
    public double ResidentMiB => Status("VmRSS:");

    /// <summary>The most that the worker ever used, in MiB.</summary>
    public double PeakMiB => Status("VmHWM:");

    /// <summary>No timer of the host comes in between while something is measured.</summary>
    /// <param name="app">The folder with the published app.</param>
    public static ServerProcess Host(string app, params (string Name, string Value)[] settings)
    {
        var port = FreePort();
        string[] arguments = ["exec", LocalHost, "--app", Path.GetFullPath(app), "--port", $"{port}"];
        return new(Path.Combine(Runtime, "dotnet"), arguments, port, [.. NoTimers, .. settings]);
    }

    /// <summary>Runs a command of the service to its end; the answer is how long the process lived.</summary>
    public static async Task<TimeSpan> RunAsync(string app, string connectionString, params string[] command)
    {
        var file = Path.GetFullPath(Path.Combine(app, "FriendCity.Functions"));
        await using var process = new ServerProcess(file, command, 0, ("AzureWebJobsStorage", connectionString));
        await process._process.WaitForExitAsync();
        var elapsed = Stopwatch.GetElapsedTime(process.Started);
        return process._process.ExitCode == 0
            ? elapsed : throw new InvalidOperationException($"{command[0]} failed:\n{string.Join('\n', process._output)}");
    }

    /// <summary>Waits for the first 200 to that path; the answer is the time since the process was started.</summary>
    public async Task<TimeSpan> AnswersAsync(string path, TimeSpan limit, string? key = null)
    {
        using var client = HttpLoad.Client(1, key);
        var address = new Uri(Address, path);
        while (!await AnswersAsync(client, address))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(Started) > limit)
                throw new InvalidOperationException($"{address} did not answer 200 in time. The end of the log:\n{string.Join('\n', _output)}");
            await Task.Delay(Pause);
        }

        return Stopwatch.GetElapsedTime(Started);
    }

    /// <summary>The worker ends with its host, whose death it sees at once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            var worker = Worker();
            _process.Kill();
            if (worker is not null)
                await worker.WaitForExitAsync().WaitAsync(Grace);
            worker?.Dispose();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient client, Uri address)
    {
        try
        {
            using var response = await client.GetAsync(address);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // not listening yet
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private double Status(string name)
    {
        using var worker = Worker() ?? throw new InvalidOperationException($"The host has no worker. The log:\n{string.Join('\n', _output)}");
        var line = File.ReadLines($"/proc/{worker.Id}/status").First(each => each.StartsWith(name, StringComparison.Ordinal));
        return int.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) / 1024.0;
    }

    /// <summary>The host's child; null before it has one.</summary>
    private Process? Worker()
    {
        foreach (var process in Process.GetProcesses())
            if (Parent(process.Id) == _process.Id)
                return process;
            else
                process.Dispose();
        return null;
    }

    private static int? Parent(int id)
    {
        try
        {
            // The name, in brackets, may hold anything; the parent is the second word after it.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null; // It has ended meanwhile.
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        while (_output.Count > LinesKept)
            _output.TryDequeue(out _);
    }
}
