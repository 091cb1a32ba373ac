using FriendCity.Records.Persistence;
using FriendCity.Storage;
using FriendCity.Storage.Tables;

namespace FriendCity.Access.Keys;

/// <summary>Keys in storage: made, listed, rotated and revoked. None is ever removed, since history names them.</summary>
internal sealed class KeyStore(ITableStorage tables, TimeProvider time, Quarantine quarantine)
{
    public const string Table = "access";

    /// <summary>When keys were used stands in rows of its own: marking a use never races with a change of the key.</summary>
    private const string UsePartition = "used";

    private const int MaxRaces = 10;

    /// <summary>All keys, those that have ended too, without their uses.</summary>
    public async Task<IReadOnlyList<KeyRecord>> ReadAsync(CancellationToken cancellationToken)
    {
        var keys = new List<KeyRecord>();
        await foreach (var page in tables.QueryAsync(Table, new TableRange(KeyRows.Partition), null, cancellationToken))
            foreach (var row in page)
                if (quarantine.Read(Table, row, KeyRows.Read) is { } key)
                    keys.Add(key);
        return keys;
    }

    /// <summary>All keys, oldest first, with their uses.</summary>
    public async Task<IReadOnlyList<KeyRecord>> ListAsync(CancellationToken cancellationToken)
    {
        var uses = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await foreach (var page in tables.QueryAsync(Table, new TableRange(UsePartition), null, cancellationToken))
            foreach (var row in page)
                if (row.Columns.GetValueOrDefault("At") is DateTimeOffset at)
                    uses[row.RowKey] = at;
        return
        [
            .. (await ReadAsync(cancellationToken)).Select(key => key with { LastUsedAt = uses.TryGetValue(key.Id, out var at) ? at : null })
                .OrderBy(key => key.CreatedAt).ThenBy(key => key.Id, StringComparer.Ordinal),
        ];
    }

    public async Task<KeyRecord?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!AccessKey.IsId(id) || await tables.GetAsync(Table, KeyRows.Partition, id, cancellationToken) is not { } row
            || quarantine.Read(Table, row, KeyRows.Read) is not { } key)
            return null;
        var use = await tables.GetAsync(Table, UsePartition, id, cancellationToken);
        return key with { LastUsedAt = use?.Columns.GetValueOrDefault("At") as DateTimeOffset? };
    }

    public async Task<MadeKey> AddAsync(KeyDraft draft, string? by, CancellationToken cancellationToken)
    {
        var made = Made(draft.Owner, draft.Contact, draft.Scopes, draft.Expires, by);
        await tables.EnsureTableAsync(Table, cancellationToken);
        // The id is random: a refusal says that our own first attempt is stored.
        await tables.SubmitAsync(Table, [TableOperation.Insert(KeyRows.Row(made.Record))], cancellationToken);
        return made;
    }

    /// <summary>
    /// Makes a key with the owner, scopes and length of life of another, which ends after the overlap; both in one transaction.
    /// </summary>
    /// <returns>The new key, or why there is none: the old one is not there, or has ended or been replaced.</returns>
    public async Task<(MadeKey? Made, KeyRecord? Old)> RotateAsync(string id, TimeSpan overlap, string? by, CancellationToken cancellationToken)
    {
        MadeKey? made = null;
        for (var race = 0; race < MaxRaces; race++)
        {
            if (await FindAsync(id, cancellationToken) is not { } old)
                return (null, null);
            // A lost answer: what was sent before took effect.
            if (made is not null && old.ReplacedBy == made.Record.Id)
                return (made, old);
            var now = time.GetUtcNow();
            if (old.StateAt(now) != KeyState.Active || old.ReplacedBy is not null)
                return (null, old);
            made = Made(old.Owner, old.Contact, old.Scopes, old.CreatedAt is { } since ? now + (old.Expires - since) : old.Expires, by);
            var end = now + overlap;
            var ending = old with { Expires = old.Expires < end ? old.Expires : end, ReplacedBy = made.Record.Id };
            if (await tables.SubmitAsync(Table,
                [TableOperation.Insert(KeyRows.Row(made.Record)), TableOperation.Replace(KeyRows.Row(ending), old.ETag!)], cancellationToken)
                is TableSubmit.Committed)
                return (made, ending);
        }

        throw Busy();
    }

    /// <summary>Ends a key; null when there is none. One that is revoked already stays as it is.</summary>
    public async Task<KeyRecord?> RevokeAsync(string id, string? by, CancellationToken cancellationToken)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            var key = await FindAsync(id, cancellationToken);
            if (key is not { RevokedAt: null })
                return key;
            var revoked = key with { Hash = null, RevokedAt = time.GetUtcNow(), RevokedBy = by };
            if (await tables.SubmitAsync(Table, [TableOperation.Replace(KeyRows.Row(revoked), key.ETag!)], cancellationToken)
                is TableSubmit.Committed)
                return revoked;
        }

        throw Busy();
    }

    public Task UsedAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) => tables.SubmitAsync(Table,
        [TableOperation.Upsert(new TableRow(UsePartition, id, new Dictionary<string, object> { ["At"] = at }))], cancellationToken);

    private MadeKey Made(string owner, string? contact, Scopes scopes, DateTimeOffset? expires, string? by)
    {
        var key = AccessKey.New();
        return new MadeKey(key, new KeyRecord(key.Id, owner, scopes)
        {
            Contact = contact,
            Hash = key.Hash(),
            CreatedAt = time.GetUtcNow(),
            CreatedBy = by,
            Expires = expires,
        });
    }

    private static StorageException Busy() => new("Others change this key at the same time; nothing was done.");
}
