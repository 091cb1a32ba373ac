using System.Collections.Frozen;
using System.Security.Cryptography;
using FriendCity.Records.Persistence;
using FriendCity.Storage;
using FriendCity.Storage.Tables;

namespace FriendCity.Access;

/// <summary>
/// The keys in table <c>access</c>, held in memory. They are read again after <see cref="MaxAge"/>, so a revoked key works that much
/// longer at most, and at once (though not more than once a second) when an unknown key is shown. While storage does not answer, a known
/// key stays good for <see cref="Grace"/>: what is said of the outage is then said by the function that was asked.
/// </summary>
internal sealed class AccessKeys(ITableStorage tables, TimeProvider time, Quarantine? quarantine = null) : IDisposable
{
    private const string Table = "access";
    private const string Partition = "keys";
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MinAge = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private static readonly Scopes All = Enum.GetValues<Scopes>().Aggregate((all, each) => all | each);

    private readonly Quarantine _quarantine = quarantine ?? new(Microsoft.Extensions.Logging.Abstractions.NullLogger<Quarantine>.Instance);
    private readonly SemaphoreSlim _reading = new(1);
    private FrozenDictionary<string, Stored> _keys = FrozenDictionary<string, Stored>.Empty;
    private long? _readAt;

    private sealed record Stored(byte[] Hash, Caller Caller, DateTimeOffset? Expires);

    /// <summary>Makes a key and stores its hash; the answer is the only time the key itself is seen.</summary>
    public async Task<AccessKey> AddAsync(string name, Scopes scopes, DateTimeOffset? expires, CancellationToken cancellationToken)
    {
        var key = AccessKey.New();
        var columns = new Dictionary<string, object>
        {
            ["Name"] = name,
            ["Scopes"] = (long)scopes,
            ["Hash"] = Convert.ToHexStringLower(key.Hash()),
            ["CreatedAt"] = time.GetUtcNow(),
        };
        if (expires is { } instant)
            columns["Expires"] = instant;
        await tables.EnsureTableAsync(Table, cancellationToken);
        await tables.SubmitAsync(Table, [TableOperation.Insert(new TableRow(Partition, key.Id, columns))], cancellationToken);
        // Whoever is given a key may use it at once, here.
        _readAt = null;
        return key;
    }

    /// <summary>Whose key this is, or null when it is none of ours, or expired.</summary>
    public async Task<Caller?> FindAsync(AccessKey key, CancellationToken cancellationToken)
    {
        if (Age > MaxAge || (Age > MinAge && !_keys.ContainsKey(key.Id)))
            await RefreshAsync(key, cancellationToken);
        return _keys.TryGetValue(key.Id, out var stored)
            && CryptographicOperations.FixedTimeEquals(stored.Hash, key.Hash())
            && (stored.Expires is null || stored.Expires > time.GetUtcNow())
                ? stored.Caller
                : null;
    }

    public void Dispose() => _reading.Dispose();

    private TimeSpan Age => _readAt is { } at ? time.GetElapsedTime(at) : TimeSpan.MaxValue;

    private async Task RefreshAsync(AccessKey shown, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Timeout);
        try
        {
            await ReadAsync(patience.Token);
        }
        catch (Exception fault) when ((fault is StorageException
            || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            && Age < Grace && _keys.ContainsKey(shown.Id))
        {
            // Storage does not answer; the key was good a while ago.
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StorageException("Storage took too long to tell the keys.", fault);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_readAt > asked)
                return;

            var begun = time.GetTimestamp();
            var keys = new Dictionary<string, Stored>();
            await foreach (var page in tables.QueryAsync(Table, new TableRange(Partition), null, cancellationToken))
                foreach (var row in page)
                    if (_quarantine.Read(Table, row, Read) is { } stored)
                        keys[row.RowKey] = stored;
            (_keys, _readAt) = (keys.ToFrozenDictionary(), begun);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>A row that cannot be read is no key, and keeps no other key from being one. One whose end is not told would never end.</summary>
    private static Stored Read(TableRow row)
    {
        var hash = Convert.FromHexString(row.Text("Hash") ?? "");
        if (hash.Length != SHA256.HashSizeInBytes)
            throw new FormatException("Column Hash holds no SHA-256.");
        if (row.Integer("Scopes") is not { } scopes || (scopes & ~(long)All) != 0)
            throw new FormatException("Column Scopes names no scopes.");
        DateTimeOffset? expires = !row.Columns.TryGetValue("Expires", out var end) ? null : end as DateTimeOffset?
            ?? throw new FormatException("Column Expires holds no instant.");
        return new(hash, new Caller(row.Text("Name") ?? throw new FormatException("Column Name holds no text."), (Scopes)scopes), expires);
    }
}
