using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using FriendCity.Tests.Support;

namespace FriendCity.Benchmarks;

/// <summary>A server under test, in a process of its own on a free port.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int LinesKept = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = [];
    private readonly string? _scratch;

    private ServerProcess(string file, string[] arguments, int port, string? connectionString = null, string? scratch = null, params (string Name, string Value)[] settings)
    {
        Address = new Uri($"http://127.0.0.1:{port}/");
        _scratch = scratch;
        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            WorkingDirectory = Path.GetDirectoryName(file)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_ROOT"] = Runtime;
        if (connectionString is not null)
            start.Environment["AzureWebJobsStorage"] = connectionString;
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

    /// <summary>Memory of the process that is in use now, in MiB.</summary>
    public double ResidentMiB => Status("VmRSS:");

    /// <summary>The most that ever was in use, in MiB.</summary>
    public double PeakMiB => Status("VmHWM:");

    /// <param name="app">The folder with the published service.</param>
    public static ServerProcess Service(string app, string connectionString, params (string Name, string Value)[] settings)
    {
        var port = FreePort();
        return new(Executable(app), ["--port", $"{port}"], port, connectionString, settings: settings);
    }

    /// <summary>Runs a command of the service to its end; the answer is how long the process lived.</summary>
    public static async Task<TimeSpan> RunAsync(string app, string connectionString, params string[] command)
    {
        await using var process = new ServerProcess(Executable(app), command, 0, connectionString);
        await process._process.WaitForExitAsync();
        var elapsed = Stopwatch.GetElapsedTime(process.Started);
        return process._process.ExitCode == 0 ? elapsed : throw new InvalidOperationException($"{command[0]} failed:\n{string.Join('\n', process._output)}");
    }

    public static ServerProcess Bare(byte[] body)
    {
        var (port, folder) = (FreePort(), Scratch.Folder("bare"));
        var file = Path.Combine(folder, "body");
        File.WriteAllBytes(file, body);
        return new(Path.Combine(AppContext.BaseDirectory, "FriendCity.Benchmarks"), ["bare", $"{port}", file], port, scratch: folder);
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

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        if (_scratch is not null)
            Directory.Delete(_scratch, recursive: true);
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

    private static string Executable(string app) => Path.GetFullPath(Path.Combine(app, "FriendCity.Functions"));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private double Status(string name)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(each => each.StartsWith(name, StringComparison.Ordinal));
        return int.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture) / 1024.0;
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
