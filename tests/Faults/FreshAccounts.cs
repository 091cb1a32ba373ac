using FriendCity.Tests.Support;


namespace FriendCity.Tests.Faults;

/// <summary>
/// Empty accounts for a loop of many imports. The emulator writes all it holds to disk every few seconds and gets slower with each
/// account that is filled, so after some of them a new emulator takes over.
/// </summary>
internal sealed class FreshAccounts : IAsyncDisposable
{
    private const int Accounts = 25;

    private AzuriteProcess? _process;
    private int _used;

    /// <summary>A proxy of its own, and an account: its connection strings through the proxy and past it.</summary>
    public async Task<(FaultProxy Proxy, string Harmed, string Direct)> NextAsync()
    {
        if (_process is null || _used == Accounts)
        {
            await DisposeAsync();
            (_process, _used) = (await AzuriteProcess.StartInMemoryAsync(), 0);
        }

        var account = $"office{_used++}";
        var proxy = new FaultProxy(_process.Tables, _process.Blobs);
        return (proxy, proxy.ConnectionStringFor(account), AzuriteProcess.Connection(_process.Tables, _process.Blobs, account));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _process = null;
    }
}
