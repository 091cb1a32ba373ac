namespace FriendCity.Access.Keys;

internal enum KeyState
{
    Active,
    Expired,
    Revoked,
}

/// <summary>What is known of a key: everything but the key.</summary>
/// <param name="Owner">The partner who has it; a partner may have several.</param>
internal sealed record KeyRecord(string Id, string Owner, Scopes Scopes)
{
    /// <summary>Whom to ask about it.</summary>
    public string? Contact { get; init; }

    /// <summary>SHA-256 of the key; none once it is revoked.</summary>
    public byte[]? Hash { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public string? CreatedBy { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public string? RevokedBy { get; init; }

    /// <summary>The id of the key that takes its place.</summary>
    public string? ReplacedBy { get; init; }

    /// <summary>When it last let somebody in, to within <see cref="KeyUsage.Grain"/>; null when it never did.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Of the row it was read from.</summary>
    public string? ETag { get; init; }

    public KeyState StateAt(DateTimeOffset now) =>
        RevokedAt is not null ? KeyState.Revoked : Expires <= now ? KeyState.Expired : KeyState.Active;
}

/// <summary>What somebody wants of a new key.</summary>
internal sealed record KeyDraft(string Owner, string? Contact, Scopes Scopes, DateTimeOffset? Expires);

/// <summary>A key that was just made: the only time that it is seen.</summary>
internal sealed record MadeKey(AccessKey Key, KeyRecord Record);
