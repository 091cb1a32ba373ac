namespace FriendCity.Access;

/// <summary>What a caller may do. Each is granted by itself: <see cref="Write"/> does not include <see cref="Read"/>.</summary>
[Flags]
internal enum Scopes
{
    None = 0,
    Read = 1,
    Write = 2,
    Run = 4,
    Admin = 8,
}

/// <summary>Who asks: the name that history rows carry, and the scopes.</summary>
internal sealed record Caller(string Name, Scopes Scopes)
{
    /// <summary>Who holds the key, whichever of theirs it is; for others the name. A new key goes on with the pages of the one before.</summary>
    public string Holder { get; init; } = Name;

    /// <summary>The caller that the gate let in.</summary>
    public static Caller Of(HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("No caller: the gate did not see this request.");
}
