using FriendCity.Benchmarks.Store;

namespace FriendCity.Benchmarks;

/// <summary>What benchmarks share: the options, one storage emulator with loaded registries, and servers on demand.</summary>
internal sealed class BenchContext(BenchOptions options) : IAsyncDisposable
{
    private BenchStore? _store;

    public BenchOptions Options => options;

    /// <summary>Loaded when the first benchmark asks for it.</summary>
    public async Task<BenchStore> StoreAsync() => _store ??= await BenchStore.OpenAsync(options, Say);

    /// <summary>The service over one of the store's registries, ready to answer. The caller ends it.</summary>
    public async Task<ServerProcess> ServiceAsync(Loaded registry, params (string Name, string Value)[] settings)
    {
        var store = await StoreAsync();
        var server = ServerProcess.Service(options.App, store.ConnectionString(registry), settings);
        await server.AnswersAsync("health/ready", TimeSpan.FromMinutes(2));
        return server;
    }

    /// <summary>Bare ASP.NET Core that answers every request with these bytes. The caller ends it.</summary>
    public static async Task<ServerProcess> BareAsync(byte[] body)
    {
        var server = ServerProcess.Bare(body);
        await server.AnswersAsync("", TimeSpan.FromMinutes(1));
        return server;
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
    }
}
