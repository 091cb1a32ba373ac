using Azure.Core.Pipeline;

namespace FriendCity.Storage;

/// <summary>The bounds on one request to storage.</summary>
internal sealed record StorageOptions
{
    public static StorageOptions Default { get; } = new();

    /// <summary>Tries after the first.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>Before the first retry; doubled for each one after.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>When storage asks for a longer wait, the request fails at once instead of keeping a person waiting.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Of a try that sends little; <see cref="SendTimePolicy"/> adds what much takes.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>All tries and waits together.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long storage may be silent, over all calls made for one request. Callers get their error within five seconds: the remainder is
    /// for sending it.
    /// </summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(4.5);

    /// <summary>Blobs a page of a listing.</summary>
    public int BlobPageSize { get; init; } = 5000;

    /// <summary>Null for the shared connection pool.</summary>
    public HttpPipelineTransport? Transport { get; init; }
}
