using FriendCity.Tests.Support;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace FriendCity.Tests.Support;

/// <summary>
/// The storage emulator all tests share; it starts when the first of them asks. Each test uses names of its own
/// (<see cref="Scratch"/>). A test that stops or kills the emulator starts an <see cref="AzuriteProcess"/> of its own.
/// </summary>
public sealed class Azurite : IAsyncDisposable
{
    private readonly Lazy<Task<AzuriteProcess>> _process = new(AzuriteProcess.StartAsync);

    public async Task<string> ConnectionStringAsync() => (await _process.Value).ConnectionString;

    /// <summary>A fault proxy in front of the shared emulator.</summary>
    internal async Task<FaultProxy> ProxyAsync()
    {
        var process = await _process.Value;
        return new FaultProxy(process.Tables, process.Blobs);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process.IsValueCreated)
            await (await _process.Value).DisposeAsync();
    }
}
