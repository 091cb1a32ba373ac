using FriendCity.Benchmarks.Store;
using FriendCity.Tests.Support;

namespace FriendCity.Benchmarks;

/// <summary>What benchmarks share: the options, one storage emulator with loaded registries, and servers on demand.</summary>
internal sealed class BenchContext(BenchOptions options) : IAsyncDisposable
{
    private readonly Lazy<string> _scratch = new(() => Scratch.Folder("bench"));
    private BenchStore? _store;

    public BenchOptions Options => options;

    /// <summary>Loaded when the first benchmark asks for it.</summary>
    public async Task<BenchStore> StoreAsync() => _store ??= await BenchStore.OpenAsync(options, Say);

    /// <summary>The service over one of the store's registries, under the local host, ready to answer. The caller ends it.</summary>
    public async Task<ServerProcess> ServiceAsync(Loaded registry, params (string Name, string Value)[] settings)
    {
        var server = Service((await StoreAsync()).ConnectionString(registry), settings);
        await server.AnswersAsync("health/ready", TimeSpan.FromMinutes(2));
        return server;
    }

    /// <summary>The same as it starts, over any account.</summary>
    public ServerProcess Service(string connectionString, params (string Name, string Value)[] settings) =>
        ServerProcess.Host(options.App, [("AzureWebJobsStorage", connectionString), ("Views", "now?scope=SCO_LIVE&baseline=2018-06-09"), .. settings]);

    /// <summary>
    /// An empty function under the same host that answers every request with these bytes, and <c>/stream</c> piece by piece. The caller ends it.
    /// </summary>
    public async Task<ServerProcess> EmptyAsync(byte[] body)
    {
        var server = Empty(body);
        await server.AnswersAsync("", TimeSpan.FromMinutes(1));
        return server;
    }

    /// <summary>The same as it starts.</summary>
    public ServerProcess Empty(byte[] body)
    {
        var file = Path.Combine(_scratch.Value, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(file, body);
        return ServerProcess.Host(options.Empty, ("EMPTY_BODY", file));
    }

    /// <summary>For people; silent when the answer is JSON.</summary>
    public void Say(string text)
    {
        if (!options.Json)
            Console.WriteLine(text);
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
        if (_scratch.IsValueCreated)
            Directory.Delete(_scratch.Value, recursive: true);
    }
}
