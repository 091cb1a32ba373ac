namespace FriendCity.Idempotency;

/// <param name="Kept">How long a key is known: counted from the first request that names it.</param>
/// <param name="Lease">
/// For how long a request counts as being carried out where nothing is heard of it: then its instance has died, and the next takes over. It is
/// longer than a request takes; that no effect comes twice does not rest on it.
/// </param>
internal sealed record IdempotencyOptions(TimeSpan Kept, TimeSpan Lease)
{
    public static IdempotencyOptions Default { get; } = new(TimeSpan.FromHours(24), TimeSpan.FromSeconds(30));
}
