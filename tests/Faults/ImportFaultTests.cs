using FriendCity.Registry;
using FriendCity.Storage;
using FriendCity.Tests.Support;

namespace FriendCity.Tests.Faults;

/// <summary>An import whose Nth storage request fails, without the adapter's own retries: it succeeds or says so, and again finishes it.</summary>
public sealed class ImportFaultTests : IAsyncDisposable
{
    private readonly FreshAccounts _accounts = new();

    [Theory]
    [InlineData(nameof(Fault.DropAnswer))]
    public async Task A_failed_import_is_finished_by_running_it_again(string fault)
    {
        var requests = await CountAsync();
        foreach (var n in new[] { 1, requests / 2, requests - 1 })
            await FailAsync(n, FaultCases.Of(fault));
    }

    [Theory]
    [Trait("Set", "long")]
    [InlineData(nameof(Fault.Answer))]
    [InlineData(nameof(Fault.Reset))]
    [InlineData(nameof(Fault.DropAnswer))]
    public async Task An_import_that_fails_at_any_request_is_finished_by_running_it_again(string fault)
    {
        var requests = await CountAsync();
        for (var n = 1; n <= requests; n++)
            await FailAsync(n, FaultCases.Of(fault));
    }

    public ValueTask DisposeAsync() => _accounts.DisposeAsync();

    private async Task<int> CountAsync()
    {
        var (proxy, harmed, _) = await _accounts.NextAsync();
        await using var end = proxy;
        using var instance = Instance.Over(harmed, RegistryTypes.All);
        Assert.Empty((await instance.Importer.RunAsync(Sample.Folder, "import", CancellationToken.None)).Faults);
        return proxy.Requests.Count;
    }

    private async Task FailAsync(int n, Fault fault)
    {
        var (proxy, harmed, direct) = await _accounts.NextAsync();
        await using var end = proxy;
        proxy.On(fault, nth: n);
        using var instance = Instance.Over(harmed, RegistryTypes.All, StorageOptions.Default with { Retries = 0 });
        try
        {
            Assert.Empty((await instance.Importer.RunAsync(Sample.Folder, "import", CancellationToken.None)).Faults);
        }
        catch (StorageException)
        {
            // The command prints it and ends with an exit code.
        }

        await Audit.SettlesAsync(direct);
        proxy.Heal();
        var again = await instance.Importer.RunAsync(Sample.Folder, "import", CancellationToken.None);
        Assert.Empty(again.Faults);
        var third = await instance.Importer.RunAsync(Sample.Folder, "import", CancellationToken.None);
        Assert.Equal((0, again.Written + again.Unchanged), (third.Written, third.Unchanged));
        await Audit.HoldsAsync(direct);
    }
}
