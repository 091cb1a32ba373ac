using FriendCity.LocalHost.Rpc;
using Microsoft.AspNetCore.Routing;

namespace FriendCity.LocalHost;

/// <summary>
/// A Functions host for one app and one worker of the .NET isolated model. It behaves as Azure's (4.1037) does where that was measured.
/// </summary>
public sealed class LocalFunctionsHost : IAsyncDisposable
{
    private const int MaxMessageLength = int.MaxValue;
    private const int EarlyEnds = 3;

    private readonly LocalHostOptions _options;
    private readonly HostLog _log;
    private readonly WebApplication _rpc;
    private readonly WebApplication _front;
    private readonly TimerSet _timers;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<Live> _live = NewLive();
    private WorkerChannel? _channel;
    private WorkerProcess? _process;
    private Task _keeping = Task.CompletedTask;
    private volatile bool _stopping;

    private LocalFunctionsHost(LocalHostOptions options)
    {
        _options = options with { AppFolder = Path.GetFullPath(options.AppFolder) };
        _log = new HostLog(options.Output);
        _timers = new TimerSet(_options, _log, CallAsync);
        _rpc = Servers.Rpc(_options, services =>
        {
            services.AddSingleton(this).AddSingleton(_log);
            services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = grpc.MaxSendMessageSize = null);
        });
        _rpc.MapGrpcService<FunctionRpcService>();
        _front = Servers.Front(
            _options,
            services => services.AddSingleton(this).AddSingleton(_log).AddSingleton(_options).AddSingleton<HttpFront>().AddHttpForwarder());
        _front.Run(_front.Services.GetRequiredService<HttpFront>().HandleAsync);
    }

    /// <summary>Where people's requests go.</summary>
    public Uri Address => Servers.Address(_front);

    /// <summary>Where the worker connects to.</summary>
    public Uri GrpcAddress => Servers.Address(_rpc);

    /// <summary>Who may connect.</summary>
    public string WorkerId { get; private set; } = Guid.NewGuid().ToString();

    /// <summary>The worker's process, if this host has started one.</summary>
    public int? WorkerProcessId => _process?.Id;

    /// <summary>The names of the functions; waits for nothing, so empty before the worker is ready.</summary>
    public IReadOnlyList<string> Functions =>
        _live.Task.IsCompletedSuccessfully ? [.. _live.Task.Result.Channel.Functions.Select(function => function.Name)] : [];

    /// <summary>Fails, with the reason, when no worker can be had any more. Never completes otherwise.</summary>
    public Task Failed => _failed.Task;

    /// <summary>What Azure's host (RpcWorkerContext) passes to a worker's process: everything twice, for older workers.</summary>
    public IReadOnlyList<string> WorkerArguments
    {
        get
        {
            var (uri, request, length) = (GrpcAddress, Guid.NewGuid().ToString(), $"{MaxMessageLength}");
            return
            [
                "--host", uri.Host, "--port", $"{uri.Port}", "--workerId", WorkerId, "--requestId", request, "--grpcMaxMessageLength", length,
                "--functions-uri", uri.AbsoluteUri, "--functions-worker-id", WorkerId,
                "--functions-request-id", request, "--functions-grpc-max-message-length", length,
            ];
        }
    }

    /// <summary>Listens, and starts the worker if it is to.</summary>
    public static async Task<LocalFunctionsHost> StartAsync(LocalHostOptions options)
    {
        var host = new LocalFunctionsHost(options);
        try
        {
            await host._rpc.StartAsync();
            await host._front.StartAsync();
            if (options.StartWorker)
                host._keeping = host.KeepWorkerAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Completes when the worker is loaded and its functions are known; fails with the worker's reason.</summary>
    public Task ReadyAsync() => _live.Task;

    /// <summary>Calls a timer's function now, out of its turn, and returns when it is done.</summary>
    public async Task InvokeTimerAsync(string function, bool pastDue = false)
    {
        var result = await CallAsync(function, TimerMessage.Of(null, pastDue), CancellationToken.None);
        if (result.Status != StatusResult.Types.Status.Success)
            throw new WorkerException(result.Exception?.Message ?? $"{result.Status}");
    }

    /// <summary>Takes nothing new, and returns when what was begun is done, or cut off because it took too long.</summary>
    public async Task DrainAsync()
    {
        _stopping = true;
        await Task.WhenAll(_timers.StopAsync(), _front.StopAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await DrainAsync();
        if (_process is { } process)
        {
            _channel?.Terminate(_options.Grace);
            if (_channel is null || await Task.WhenAny(process.Exit, Task.Delay(_options.Grace)) != process.Exit)
                process.Kill();
        }

        _channel?.End();
        await _keeping;
        await _rpc.StopAsync();
        await _front.DisposeAsync();
        await _rpc.DisposeAsync();
        _process?.Dispose();
        _timers.Dispose();
    }

    internal Task<Live> LiveAsync(CancellationToken cancellationToken) => _live.Task.WaitAsync(cancellationToken);

    /// <summary>Greets a worker that has connected.</summary>
    internal async Task OpenAsync(WorkerChannel channel)
    {
        _channel = channel;
        try
        {
            await Handshake.RunAsync(channel, _options);
            var constraints = _front.Services.GetRequiredService<IInlineConstraintResolver>();
            var routes = new RouteTable(channel.Functions, RouteTable.Prefix(_options.AppFolder), constraints);
            if (!_stopping)
                _timers.Start(channel.Functions);
            lock (_gate)
                if (!channel.Ended.IsCompleted)
                    _live.TrySetResult(new Live(channel, routes));
        }
        catch (WorkerException) when (channel.Ended.IsCompleted)
        {
            // Whoever keeps the worker says so.
        }
        catch (Exception error)
        {
            // A worker that was heard and cannot serve would not do better the next time.
            Fail(error);
            channel.End();
        }
    }

    /// <summary>That worker is gone: requests wait for the next.</summary>
    internal void Close(WorkerChannel channel)
    {
        lock (_gate)
            if (_live.Task.IsCompletedSuccessfully && _live.Task.Result.Channel == channel)
                _live = NewLive();
        if (!_stopping)
            _process?.Kill();
    }

    private async Task KeepWorkerAsync()
    {
        for (var early = 0; !_stopping && !_failed.Task.IsCompleted;)
        {
            try
            {
                WorkerId = Guid.NewGuid().ToString();
                _process = WorkerProcess.Start(_options, WorkerArguments, _log);
            }
            catch (Exception error)
            {
                Fail(error);
                return;
            }

            var code = await _process.Exit;
            var live = _live.Task;
            if (_channel is { } channel)
            {
                channel.End();
                Close(channel);
            }

            if (_stopping)
                return;
            early = live.IsCompletedSuccessfully ? 0 : early + 1;
            if (early == EarlyEnds)
                Fail(new WorkerException($"The worker ended {early} times before it was ready, the last time with code {code}."));
            else
                _log.Error($"The worker ended with code {code}. It is started again.");
        }
    }

    private async Task<StatusResult> CallAsync(string function, string timer, CancellationToken cancellationToken)
    {
        var (channel, _) = await LiveAsync(cancellationToken);
        var entry = channel.Functions.Where(entry => entry.Timer is not null)
            .FirstOrDefault(entry => string.Equals(entry.Name, function, StringComparison.OrdinalIgnoreCase))
            ?? throw new WorkerException($"The app has no timer '{function}'.");
        var request = new InvocationRequest
        {
            InvocationId = Guid.NewGuid().ToString(),
            FunctionId = entry.Id,
            RetryContext = new RetryContext(),
            TraceContext = new RpcTraceContext(),
            InputData = { new ParameterBinding { Name = entry.Parameter, Data = new TypedData { Json = timer } } },
        };
        await using var cancel = cancellationToken.Register(() => channel.Cancel(request.InvocationId));
        return await channel.InvokeAsync(request);
    }

    private void Fail(Exception reason)
    {
        _log.Error(reason.Message);
        lock (_gate)
            _live.TrySetException(reason);
        _failed.TrySetException(reason);
    }

    private static TaskCompletionSource<Live> NewLive() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal sealed record Live(WorkerChannel Channel, RouteTable Routes);
}
