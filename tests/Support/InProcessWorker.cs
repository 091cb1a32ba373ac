using System.Collections.Concurrent;
using System.Net;
using System.Reflection;
using FriendCity.LocalHost;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Hosting;

namespace FriendCity.Tests.Support;

/// <summary>
/// A real worker and a local Functions host in this process, joined by a real gRPC stream: what a test asks of
/// <see cref="Client"/> goes the way it goes in Azure. Any number at once.
/// </summary>
internal sealed class InProcessWorker : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _lines;

    static InProcessWorker()
    {
        // Read from the environment alone, by the endpoints of the HTTP extension, for host.json's route prefix.
        Environment.SetEnvironmentVariable("FUNCTIONS_APPLICATION_DIRECTORY", AppContext.BaseDirectory);
    }

    private InProcessWorker(LocalFunctionsHost host, IHost worker, ConcurrentQueue<string> lines)
    {
        (Host, Worker, _lines) = (host, worker, lines);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };
    }

    public LocalFunctionsHost Host { get; }

    public IHost Worker { get; }

    public IServiceProvider Services => Worker.Services;

    /// <summary>Calls the host, without following redirects.</summary>
    public HttpClient Client { get; }

    /// <summary>What host and worker have logged.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <param name="functions">The assembly of the app, whose functions the Worker SDK has listed in it.</param>
    /// <param name="configure">What the app's Program does to its builder.</param>
    /// <param name="change">Settings, storage and clock of the host.</param>
    public static async Task<InProcessWorker> StartAsync(
        Assembly functions, Action<FunctionsApplicationBuilder> configure, Func<LocalHostOptions, LocalHostOptions>? change = null)
    {
        var lines = new ConcurrentQueue<string>();
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var options = new LocalHostOptions
        {
            AppFolder = AppContext.BaseDirectory,
            StartWorker = false,
            WorkerAddress = address.Task,
            Output = lines.Enqueue,
        };
        var host = await LocalFunctionsHost.StartAsync(change?.Invoke(options) ?? options);
        IHost? worker = null;
        try
        {
            worker = Build(functions, configure, host);
            await worker.StartAsync();
            // Known only now: the port is a free one, and the host waits for it before it sends a request.
            address.SetResult(new Uri(worker.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));
            await host.ReadyAsync();
            return new InProcessWorker(host, worker, lines);
        }
        catch
        {
            address.TrySetCanceled();
            await StopAsync(host, worker);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await StopAsync(Host, Worker);
    }

    private static IHost Build(Assembly functions, Action<FunctionsApplicationBuilder> configure, LocalFunctionsHost host)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        configure(builder);
        // What the host would have passed as arguments, which the builder takes from the process alone.
        builder.Configuration["Functions:Worker:HostEndpoint"] = host.GrpcAddress.AbsoluteUri;
        builder.Configuration["Functions:Worker:WorkerId"] = host.WorkerId;
        builder.Configuration["Functions:Worker:RequestId"] = host.WorkerId;
        builder.Configuration["Functions:Worker:GrpcMaxMessageLength"] = $"{int.MaxValue}";
        // The worker looks for it in the entry assembly, and that is the test runner's.
        builder.Services.AddSingleton(typeof(IFunctionMetadataProvider), Generated<IFunctionMetadataProvider>(functions));
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        return builder.Build();
    }

    private static Type Generated<T>(Assembly functions) => functions.GetTypes().Single(type => type.IsClass && typeof(T).IsAssignableFrom(type));

    private static async Task StopAsync(LocalFunctionsHost host, IHost? worker)
    {
        await host.DrainAsync();
        if (worker is not null)
            await worker.StopAsync();
        await host.DisposeAsync();
        if (worker is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        else
            worker?.Dispose();
    }

    /// <summary>Signals to the test process are not for a worker in it.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
