using System.Collections.Concurrent;
using System.Diagnostics;
using FriendCity.LocalHost;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.Hosting;

/// <summary>The program as a child process, killed at the end with its own children if it still lives.</summary>
internal sealed class ProgramUnderTest : IAsyncDisposable
{
    private const string Listening = "Functions host listening at ";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = [];
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private readonly Task<string> _errors;

    private ProgramUnderTest(Process process)
    {
        _process = process;
        _reading = ReadAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public IReadOnlyList<string> Output => [.. _output];

    /// <summary>Where a service listens, as it says; fails at once if it ends without saying so.</summary>
    public Task<Uri> Address => _listening.Task.WaitAsync(Timeout);

    /// <summary>The product's program with a command line.</summary>
    public static ProgramUnderTest Start(string[] arguments, params (string Name, string Value)[] settings) =>
        Start("dotnet", ["exec", typeof(FriendCityServices).Assembly.Location, .. arguments], settings);

    /// <summary>The service: the local Functions host, which starts the worker of that folder.</summary>
    /// <param name="folder">The app as it was built, unless another is named.</param>
    public static ProgramUnderTest Serve(string? folder = null, params (string Name, string Value)[] settings) =>
        Start("dotnet", ["exec", typeof(LocalFunctionsHost).Assembly.Location, "--app", folder ?? BuiltApp, "--port", "0", "--settings",
            Repository.At("local.settings.sample.json")], settings);

    private static string BuiltApp => Repository.At("functions", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0");

    public static ProgramUnderTest Start(string file, string[] arguments, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        // Enough to start; a program that asks storage for something is given one that answers.
        start.Environment["AzureWebJobsStorage"] = "UseDevelopmentStorage=true";
        start.Environment["Views"] = Sample.Settings["Views"];
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return new ProgramUnderTest(Process.Start(start)!);
    }

    public async Task<(int Code, string Errors)> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Timeout);
        await _reading;
        return (_process.ExitCode, await _errors);
    }

    public Task<(int Code, string Errors)> KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        return EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _output.Enqueue(line);
            if (line.StartsWith(Listening, StringComparison.Ordinal))
                _listening.TrySetResult(new Uri(line[Listening.Length..].Replace("localhost", "127.0.0.1", StringComparison.Ordinal)));
        }

        _listening.TrySetException(new InvalidOperationException("The program ended: " + string.Join('\n', _output)));
    }
}
