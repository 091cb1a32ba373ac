using System.Collections.Frozen;
using System.Security.Cryptography;
using FriendCity.Access.Keys;
using FriendCity.Records.Persistence;
using FriendCity.Storage;
using FriendCity.Storage.Tables;

namespace FriendCity.Access;

/// <summary>
/// The keys that let somebody in, held in memory. They are read again after <see cref="MaxAge"/>, so a revoked key works that much longer at
/// most, and at once (though not more than once a second) when an unknown key is shown. An end that was told before holds to the instant.
/// While storage does not answer, a known key stays good for <see cref="Grace"/>: what is said of the outage is then said by the function that
/// was asked.
/// </summary>
internal sealed class AccessKeys(ITableStorage tables, TimeProvider time, Quarantine? quarantine = null, KeyUsage? usage = null) : IDisposable
{
    /// <summary>A revoked key is refused everywhere after this, while storage answers: the age of what is held, and the time of a reading.</summary>
    public static readonly TimeSpan RevokedWithin = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MaxAge = RevokedWithin - Timeout;
    private static readonly TimeSpan MinAge = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    /// <summary>After a reading that failed, known keys are taken for this long before storage is waited for again.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly KeyStore _store = new(
        tables, time, quarantine ?? new(Microsoft.Extensions.Logging.Abstractions.NullLogger<Quarantine>.Instance));

    private readonly SemaphoreSlim _reading = new(1);
    private FrozenDictionary<string, Stored> _keys = FrozenDictionary<string, Stored>.Empty;
    private long? _readAt;
    private long? _failedAt;

    private sealed record Stored(byte[] Hash, Caller Caller, DateTimeOffset? Expires);

    /// <summary>The same name in history and logs for all that a key does: its id, which is unique, and for people whose it is.</summary>
    public static string Actor(string id, string owner) => $"key:{id} ({owner})";

    /// <summary>Makes a key and stores its hash; the answer is the only time the key itself is seen.</summary>
    public async Task<AccessKey> AddAsync(string owner, Scopes scopes, DateTimeOffset? expires, CancellationToken cancellationToken) =>
        (await AddAsync(new KeyDraft(owner, null, scopes, expires), null, cancellationToken)).Key;

    /// <param name="by">Who makes it; null for who runs a command.</param>
    public Task<MadeKey> AddAsync(KeyDraft draft, string? by, CancellationToken cancellationToken) =>
        ChangeAsync(() => _store.AddAsync(draft, by, cancellationToken));

    /// <inheritdoc cref="KeyStore.RotateAsync"/>
    public Task<(MadeKey? Made, KeyRecord? Old)> RotateAsync(string id, TimeSpan overlap, string? by, CancellationToken cancellationToken) =>
        ChangeAsync(() => _store.RotateAsync(id, overlap, by, cancellationToken));

    /// <inheritdoc cref="KeyStore.RevokeAsync"/>
    public Task<KeyRecord?> RevokeAsync(string id, string? by, CancellationToken cancellationToken) =>
        ChangeAsync(() => _store.RevokeAsync(id, by, cancellationToken));

    public Task<IReadOnlyList<KeyRecord>> ListAsync(CancellationToken cancellationToken) => _store.ListAsync(cancellationToken);

    public Task<KeyRecord?> ReadAsync(string id, CancellationToken cancellationToken) => _store.FindAsync(id, cancellationToken);

    /// <summary>Whose key this is, or null when it is none of ours, or has ended.</summary>
    public async Task<Caller?> FindAsync(AccessKey key, CancellationToken cancellationToken)
    {
        var age = Age;
        if (age > MaxAge ? !(IsPaused && age < Grace && _keys.ContainsKey(key.Id)) : age > MinAge && !_keys.ContainsKey(key.Id))
            await RefreshAsync(key, cancellationToken);
        if (!_keys.TryGetValue(key.Id, out var stored)
            || !CryptographicOperations.FixedTimeEquals(stored.Hash, key.Hash())
            || stored.Expires <= time.GetUtcNow())
            return null;
        usage?.Mark(key.Id, _store);
        return stored.Caller;
    }

    public void Dispose() => _reading.Dispose();

    private TimeSpan Age => _readAt is { } at ? time.GetElapsedTime(at) : TimeSpan.MaxValue;

    private bool IsPaused => _failedAt is { } at && time.GetElapsedTime(at) < Pause;

    /// <summary>Whoever changes a key sees it changed at once, here.</summary>
    private async Task<T> ChangeAsync<T>(Func<Task<T>> change)
    {
        try
        {
            return await change();
        }
        finally
        {
            _readAt = null;
        }
    }

    /// <summary>A key that was good a while ago waits a little and is then taken at its word; any other waits for storage as all reads do.</summary>
    private async Task RefreshAsync(AccessKey shown, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var wasGood = Age < Grace && _keys.ContainsKey(shown.Id);
        if (wasGood)
            patience.CancelAfter(Timeout);
        try
        {
            await ReadAsync(patience.Token);
            _failedAt = null;
        }
        catch (Exception fault) when (wasGood
            && (fault is StorageException or TimeoutException
                || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested)))
        {
            _failedAt = time.GetTimestamp();
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StorageException("Storage took too long to tell the keys.", fault);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        if (!await _reading.WaitAsync(StorageTimeout.Current?.Left() ?? System.Threading.Timeout.InfiniteTimeSpan, cancellationToken))
            throw new TimeoutException("Storage took too long to tell the keys.");
        try
        {
            if (_readAt > asked)
            {
                StorageTimeout.Current?.Heard();
                return;
            }

            var begun = time.GetTimestamp();
            var keys = await _store.ReadAsync(cancellationToken);
            (_keys, _readAt) = (keys.Where(key => key.Hash is not null).ToFrozenDictionary(
                key => key.Id,
                key => new Stored(key.Hash!, new Caller(Actor(key.Id, key.Owner), key.Scopes) { Holder = key.Owner }, key.Expires)), begun);
        }
        finally
        {
            _reading.Release();
        }
    }
}
