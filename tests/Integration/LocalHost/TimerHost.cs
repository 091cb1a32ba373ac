using System.Threading.Channels;
using Azure.Storage.Blobs;
using FriendCity.LocalHost;
using FriendCity.LocalHost.Rpc;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Integration.LocalHost;

/// <summary>The timer of one host, under a clock that the test turns; several of one storage are several hosts.</summary>
internal sealed class TimerHost : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly Task _loop;

    public TimerHost(string storage, FakeClock clock, string schedule, bool runOnStartup = false, bool monitor = true)
    {
        var options = new LocalHostOptions { AppFolder = ".", Storage = storage, Clock = clock, Output = _ => { } };
        var trigger = new TimerTrigger(schedule, runOnStartup, monitor);
        var function = new FunctionEntry(new RpcFunctionMetadata { Name = "Nightly" }, "timer", null, trigger);
        var loop = new TimerLoop(function, TimerSchedule.Parse(schedule, options), options, new HostLog(options.Output), CallAsync);
        _loop = Task.Run(() => loop.RunAsync(_stop.Token, _abort.Token));
    }

    /// <summary>What the function was told, call by call.</summary>
    public Channel<string> Calls { get; } = Channel.CreateUnbounded<string>();

    /// <summary>What each call does before it ends.</summary>
    public Func<CancellationToken, Task> Then { get; set; } = _ => Task.CompletedTask;

    public static BlobClient Blob(string storage) =>
        new BlobServiceClient(storage, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2021_12_02))
            .GetBlobContainerClient("azure-webjobs-hosts").GetBlobClient("timers/localhost/Host.Functions.Nightly/status");

    public async Task<string> NextCallAsync() => await Calls.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
        _abort.Dispose();
    }

    private async Task<StatusResult> CallAsync(string function, string message, CancellationToken cancellationToken)
    {
        Calls.Writer.TryWrite(message);
        await Then(cancellationToken);
        return new StatusResult { Status = StatusResult.Types.Status.Success };
    }
}
