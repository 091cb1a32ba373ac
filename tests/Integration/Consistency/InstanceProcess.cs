using System.Diagnostics;
using System.Globalization;
using FriendCity.Tests.Integration.Dev;

namespace FriendCity.Tests.Integration.Consistency;

/// <summary>
/// An instance of the service in a process of its own, with a wrong clock and a storage that misbehaves; see the benchmarks' program.
/// </summary>
internal sealed class InstanceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private InstanceProcess(Process process, HttpClient client) => (_process, Client) = (process, client);

    /// <summary>Calls this instance, with a key.</summary>
    public HttpClient Client { get; }

    public static async Task<InstanceProcess> StartAsync(string connectionString, string key, IEnumerable<string> options)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", BenchProgram.Path, "instance", .. options])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["AzureWebJobsStorage"] = connectionString;
        var process = Process.Start(start)!;
        var address = await ReadAsync(process, "listening ");
        // Requests to a frozen process wait for it.
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri(address),
            Timeout = TimeSpan.FromMinutes(3)
        };
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return new InstanceProcess(process, client);
    }

    /// <summary>Gives a command and waits until it is obeyed.</summary>
    public async Task TellAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        await ReadAsync(_process, command.Split(' ')[0]);
    }

    /// <summary>SIGSTOP: its clocks go on, and it does not.</summary>
    public void Freeze() => Unix.Signal("STOP", Id);

    public void Thaw() => Unix.Signal("CONT", Id);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private string Id => _process.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The rest of the next line that begins so; the log stands between such lines.</summary>
    private static async Task<string> ReadAsync(Process process, string beginning)
    {
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Timeout) is { } line)
            if (line.StartsWith(beginning, StringComparison.Ordinal))
                return line[beginning.Length..];
        throw new InvalidOperationException("The instance has ended.");
    }
}
