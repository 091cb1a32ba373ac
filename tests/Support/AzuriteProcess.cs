using System.Diagnostics;
using System.Text.RegularExpressions;

namespace FriendCity.Tests.Support;

/// <summary>
/// A storage emulator of our own, on free ports and in a folder of its own. A small Node parent watches our end of a pipe:
/// when this process ends, however it ends, the emulator and its folder go too.
/// </summary>
internal sealed partial class AzuriteProcess : IAsyncDisposable
{
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private const string Parent = """
        const { spawn } = require('child_process');
        const [folder, ...args] = process.argv.slice(1);
        const emulator = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
        const signals = { stop: ['SIGTERM', 'SIGCONT'], kill: ['SIGKILL'], freeze: ['SIGSTOP'], thaw: ['SIGCONT'] };
        let orphaned = false;
        emulator.on('exit', () => {
          if (orphaned) require('fs').rmSync(folder, { recursive: true, force: true });
          process.exit();
        });
        require('readline').createInterface({ input: process.stdin })
          .on('line', line => { for (const signal of signals[line]) emulator.kill(signal); console.log('Done: ' + line); })
          .on('close', () => { orphaned = true; emulator.kill('SIGKILL'); });
        """;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly string _folder = Scratch.Folder("azurite");
    private Process? _process;
    private TaskCompletionSource<int> _blobPort = New<int>();
    private TaskCompletionSource<int> _tablePort = New<int>();
    private TaskCompletionSource<string> _done = New<string>();

    private readonly string? _preload;
    private readonly bool _inMemory;

    private AzuriteProcess(string? preload, bool inMemory) => (_preload, _inMemory) = (preload, inMemory);

    public Uri Tables { get; private set; } = new("http://127.0.0.1");

    public Uri Blobs { get; private set; } = new("http://127.0.0.1");

    public string ConnectionString => Connection(Tables, Blobs);

    /// <summary>How many empty accounts beside the usual one: each office that a test opens takes one for itself.</summary>
    public const int Offices = 400;

    public static string Connection(Uri tables, Uri blobs, string account = Account) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={Key};TableEndpoint={new Uri(tables, account)};BlobEndpoint={new Uri(blobs, account)};";

    public static Task<AzuriteProcess> StartAsync() => StartAsync(null, null);

    /// <summary>One that writes nothing to disk: the fastest, for tests that neither stop nor kill it.</summary>
    public static async Task<AzuriteProcess> StartInMemoryAsync()
    {
        var azurite = new AzuriteProcess(null, inMemory: true);
        await azurite.RunAsync(0, 0);
        return azurite;
    }

    /// <param name="kept">A folder that <see cref="KeepAsync"/> has filled: the emulator starts with a copy of it.</param>
    /// <param name="preload">A script that Node runs before the emulator.</param>
    public static async Task<AzuriteProcess> StartAsync(string? kept, string? preload)
    {
        var azurite = new AzuriteProcess(preload, inMemory: false);
        if (kept is not null)
            Copy(kept, azurite._folder);
        await azurite.RunAsync(0, 0);
        return azurite;
    }

    /// <summary>Saves everything to a folder, which appears whole or not at all, and goes on.</summary>
    public async Task KeepAsync(string folder)
    {
        await StopAsync();
        var half = $"{folder}.{Environment.ProcessId}";
        Copy(_folder, half);
        Directory.Move(half, folder);
        await RestartAsync();
    }

    /// <summary>After <see cref="StopAsync"/> or <see cref="KillAsync"/>: the same ports, the same folder.</summary>
    public Task RestartAsync() => RunAsync(Blobs.Port, Tables.Port);

    /// <summary>SIGTERM: everything is written to disk first.</summary>
    public Task StopAsync() => EndAsync("stop");

    /// <summary>SIGKILL: the emulator may lose writes it has acknowledged.</summary>
    public Task KillAsync() => EndAsync("kill");

    /// <summary>SIGSTOP: connections open, but nothing answers.</summary>
    public Task FreezeAsync() => SignalAsync("freeze");

    public Task ThawAsync() => SignalAsync("thaw");

    public async ValueTask DisposeAsync()
    {
        await EndAsync("kill");
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RunAsync(int blobPort, int tablePort)
    {
        (_blobPort, _tablePort) = (New<int>(), New<int>());
        string[] arguments =
        [
            "-e", Parent, "--", _folder, .. _preload is null ? Array.Empty<string>() : ["-r", _preload], Script(), .. _inMemory
                ? new[] { "--inMemoryPersistence" } : ["--location", _folder],
            "--silent", "--disableTelemetry",
            "--blobPort", $"{blobPort}", "--queuePort", "0", "--tablePort", $"{tablePort}",
        ];
        var start = new ProcessStartInfo("node", arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AZURITE_ACCOUNTS"] = string.Join(';', Enumerable.Range(0, Offices).Select(n => $"office{n}:{Key}")
            .Prepend($"{Account}:{Key}"));
        _process = Process.Start(start) ?? throw new InvalidOperationException("The emulator did not start.");
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        Blobs = new Uri($"http://127.0.0.1:{await _blobPort.Task.WaitAsync(Timeout)}/{Account}");
        Tables = new Uri($"http://127.0.0.1:{await _tablePort.Task.WaitAsync(Timeout)}/{Account}");
    }

    private void Hear(string? line)
    {
        if (line is null)
            Fail(new InvalidOperationException("The emulator ended before it listened."));
        else if (Listening().Match(line) is { Success: true } match)
            (match.Groups["service"].Value == "Blob" ? _blobPort : _tablePort).TrySetResult(int.Parse(match.Groups["port"].Value, null));
        else if (line.StartsWith("Done: ", StringComparison.Ordinal))
            _done.TrySetResult(line);
    }

    private void Fail(Exception e)
    {
        _blobPort.TrySetException(e);
        _tablePort.TrySetException(e);
    }

    private async Task SignalAsync(string signal)
    {
        _done = New<string>();
        await _process!.StandardInput.WriteLineAsync(signal);
        await _process.StandardInput.FlushAsync();
        await _done.Task.WaitAsync(Timeout);
    }

    private async Task EndAsync(string signal)
    {
        if (_process is null)
            return;
        try
        {
            await _process.StandardInput.WriteLineAsync(signal);
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It has ended by itself.
        }

        await _process.WaitForExitAsync().WaitAsync(Timeout);
        _process.Dispose();
        _process = null;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }

    private static string Script()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var script = Path.Combine(folder.FullName, "node_modules", "azurite", "dist", "src", "azurite.js");
            if (File.Exists(script))
                return script;
        }

        throw new FileNotFoundException("The storage emulator is not installed: run npm ci in the repository's root.");
    }

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [GeneratedRegex(@"Azurite (?<service>Blob|Table) service is successfully listening at http://[^:]+:(?<port>\d+)", RegexOptions.None, 1000)]
    private static partial Regex Listening();
}
