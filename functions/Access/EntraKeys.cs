using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace FriendCity.Access;

/// <summary>What the directory publishes: the names under which it signs, and the keys by their ids.</summary>
internal sealed record EntraDirectory(FrozenSet<string> Issuers, FrozenDictionary<string, JsonWebKey> Keys);

/// <summary>The directory could not be asked, so nothing can be said of a token.</summary>
internal sealed class EntraException(string message) : Exception(message);

/// <summary>
/// The directory's keys, held in memory. They are read again after <see cref="MaxAge"/>, and when a token names an unknown key, because
/// directories change their keys; but then not more often than every <see cref="MinAge"/>, or anybody could make us ask all the time.
/// While the directory does not answer, known keys stay good for <see cref="Grace"/>.
/// </summary>
internal sealed class EntraKeys(EntraOptions options, TimeProvider time, ILogger log) : IDisposable
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(12);
    private static readonly TimeSpan MinAge = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Grace = TimeSpan.FromHours(24);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new() { Timeout = System.Threading.Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 1 << 20 };
    private readonly SemaphoreSlim _reading = new(1);
    private volatile State? _state;

    /// <summary>After a failure the directory is asked again this much later.</summary>
    public static TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(10);

    private sealed record State(EntraDirectory? Directory, long ReadAt, long AskedAt, bool Failed);

    /// <exception cref="EntraException">The directory does not answer, and what is known of it is too old or lacks the key.</exception>
    public async Task<EntraDirectory> KnowingAsync(string keyId, CancellationToken cancellationToken)
    {
        if (IsDue(keyId))
        {
            await _reading.WaitAsync(cancellationToken);
            try
            {
                if (IsDue(keyId))
                    _state = await AskAsync(_state, cancellationToken);
            }
            finally
            {
                _reading.Release();
            }
        }

        return _state is { Directory: { } directory } state
            && time.GetElapsedTime(state.ReadAt) < Grace && (!state.Failed || directory.Keys.ContainsKey(keyId))
            ? directory
            : throw new EntraException("The directory does not answer.");
    }

    public void Dispose()
    {
        _http.Dispose();
        _reading.Dispose();
    }

    private bool IsDue(string keyId) => _state is not { } state
        || (time.GetElapsedTime(state.AskedAt) > (state.Failed ? RetryAfter : MinAge)
            && (state.Directory is null || time.GetElapsedTime(state.ReadAt) > MaxAge || !state.Directory.Keys.ContainsKey(keyId)));

    private async Task<State> AskAsync(State? before, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Timeout);
        try
        {
            return new State(await ReadAsync(patience.Token), begun, begun, Failed: false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested
            && fault is HttpRequestException or OperationCanceledException or JsonException or ArgumentException or FormatException
                or InvalidOperationException or KeyNotFoundException or InvalidDataException)
        {
            log.LogWarning(fault, "The directory at {Authority} does not tell its keys", options.Authority);
            return new State(before?.Directory, before?.ReadAt ?? begun, time.GetTimestamp(), Failed: true);
        }
    }

    private async Task<EntraDirectory> ReadAsync(CancellationToken cancellationToken)
    {
        var (issuers, keys) = (new HashSet<string>(StringComparer.Ordinal), new Dictionary<string, JsonWebKey>(StringComparer.Ordinal));
        foreach (var address in options.Metadata)
        {
            using var document = JsonDocument.Parse(await _http.GetStringAsync(address, cancellationToken));
            var issuer = document.RootElement.GetProperty("issuer").GetString()!;
            if (!issuer.Contains($"/{options.Tenant}/", StringComparison.OrdinalIgnoreCase))
                throw new InvalidDataException($"{address} tells of another directory.");
            issuers.Add(issuer);

            var place = new Uri(document.RootElement.GetProperty("jwks_uri").GetString()!);
            if (!EntraOptions.IsTrusted(place))
                throw new InvalidDataException($"{address} keeps its keys at an address that is not https.");
            foreach (var key in new JsonWebKeySet(await _http.GetStringAsync(place, cancellationToken)).Keys.Where(
                key => key is { Kty: "RSA", Kid.Length: > 0, Use: null or "" or "sig" }))
                keys[key.Kid] = key;
        }

        return new EntraDirectory(issuers.ToFrozenSet(StringComparer.Ordinal), keys.ToFrozenDictionary(StringComparer.Ordinal));
    }
}
