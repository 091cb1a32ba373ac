using Azure.Core;
using Azure.Core.Pipeline;

namespace FriendCity.Storage;

/// <summary>
/// What every client of storage shares, ours and the official ones: connections, bounded retries, and the storage clock inside each try.
/// </summary>
internal static class StorageClientOptions
{
    private static readonly Lazy<HttpPipelineTransport> Shared = new(() => new HttpClientTransport(new HttpClient(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        // A renewed connection notices that the account's address has moved.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxConnectionsPerServer = 64,
    })
    { Timeout = Timeout.InfiniteTimeSpan }));

    public static T Bound<T>(this T settings, StorageOptions options, StorageClock clock, TimeProvider time) where T : ClientOptions
    {
        settings.Transport = options.Transport ?? Shared.Value;
        settings.RetryPolicy = new StorageRetryPolicy(options);
        settings.AddPolicy(new SendTimePolicy(options.TryTimeout), HttpPipelinePosition.PerRetry);
        settings.Diagnostics.ApplicationId = "FriendCity";
        settings.AddPolicy(new ClockPolicy(clock, time), HttpPipelinePosition.BeforeTransport);
        return settings;
    }
}
