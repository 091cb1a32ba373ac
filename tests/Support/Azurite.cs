using FriendCity.Tests.Integration.Http;
using FriendCity.Tests.Support;
using Microsoft.Extensions.Hosting;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace FriendCity.Tests.Support;

/// <summary>
/// The storage emulators all tests share, each of which answers one request at a time: one for offices, one for tests that open storage
/// themselves or put a proxy in front of it. Each starts when the first test asks. Each test uses names of its own
/// (<see cref="Scratch"/>). A test that stops or kills the emulator starts an <see cref="AzuriteProcess"/> of its own.
/// </summary>
public sealed class Azurite : IAsyncDisposable
{
    private readonly Lazy<Task<AzuriteProcess>> _process = new(AzuriteProcess.StartInMemoryAsync);
    private readonly Lazy<Task<AzuriteProcess>> _ofOffices = new(AzuriteProcess.StartInMemoryAsync);

    private readonly Lazy<Task<TestApp>> _sample;
    private readonly Lazy<Task<TestApp>> _star;
    private int _offices;

    public Azurite() => (_sample, _star) = (new(() => OfficeAsync(sample: true)), new(StarAsync));

    public async Task<string> ConnectionStringAsync() => (await _process.Value).ConnectionString;

    /// <summary>One office with the sample, shared by tests that only read.</summary>
    internal Task<TestApp> SampleOfficeAsync() => _sample.Value;

    /// <summary>Likewise one that has published a snapshot of <see cref="StarDay"/> and then got a file, <see cref="StarLetter"/>.</summary>
    internal Task<TestApp> StarOfficeAsync() => _star.Value;

    internal static DateOnly StarDay { get; } = new(2026, 11, 21);

    internal const string StarLetter = "/api/v1/cities/RULED/attachments/letter.pdf";

    /// <summary>An office for one test alone.</summary>
    internal async Task<TestApp> OfficeAsync(bool sample = false, Action<IHostApplicationBuilder>? replace = null) =>
        await TestApp.OpenAsync(Connection(await _ofOffices.Value, NewAccount()), sample, replace);

    /// <summary>An account that no other test uses, empty.</summary>
    internal string NewAccount() =>
        Interlocked.Increment(ref _offices) is var n && n < AzuriteProcess.Offices ? $"office{n}"
            : throw new InvalidOperationException("Too many offices: raise AzuriteProcess.Offices.");

    internal async Task<string> ConnectionStringAsync(string account) => Connection(await _process.Value, account);

    /// <summary>A fault proxy in front of the shared emulator.</summary>
    internal async Task<FaultProxy> ProxyAsync()
    {
        var process = await _process.Value;
        return new FaultProxy(process.Tables, process.Blobs);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var office in new[] { _sample, _star })
            if (office.IsValueCreated)
                await (await office.Value).DisposeAsync();
        foreach (var process in new[] { _process, _ofOffices })
            if (process.IsValueCreated)
                await (await process.Value).DisposeAsync();
    }

    private static string Connection(AzuriteProcess process, string account) => AzuriteProcess.Connection(process.Tables, process.Blobs, account);

    private async Task<TestApp> StarAsync()
    {
        var app = await OfficeAsync(sample: true, TestApp.Hasty);
        await app.PublishAsync(StarDay);
        (await app.CallAsync("PUT", StarLetter, "%PDF-1.7 letter"u8.ToArray(), "*", "application/pdf")).Is(200);
        return app;
    }
}
