using FriendCity.Tests.Support;


namespace FriendCity.Tests.Integration.LocalHost;

/// <summary>One sample app for a class of tests.</summary>
public sealed class SampleFixture : IAsyncLifetime
{
    internal InProcessWorker App { get; private set; } = null!;

    internal HttpClient Client => App.Client;

    public async ValueTask InitializeAsync() => App = await SampleApp.StartAsync();

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
