using System.Collections.Concurrent;
using FriendCity.Storage;

namespace FriendCity.Access.Keys;

/// <summary>
/// Remembers when each key last let somebody in. A use is written down by the way, and at most once in <see cref="Grain"/> for a key and an
/// instance, so that it costs a request nothing.
/// </summary>
internal sealed class KeyUsage(TimeProvider time, ILogger<KeyUsage> log)
{
    private readonly ConcurrentDictionary<string, long> _written = new(StringComparer.Ordinal);

    public static TimeSpan Grain { get; } = TimeSpan.FromMinutes(10);

    public void Mark(string id, KeyStore store)
    {
        var now = time.GetTimestamp();
        if (_written.TryGetValue(id, out var written) ? time.GetElapsedTime(written, now) >= Grain && _written.TryUpdate(id, now, written)
            : _written.TryAdd(id, now))
            Write(id, store);
    }

    private void Write(string id, KeyStore store)
    {
        // Nothing of the request goes with it: neither its patience with storage nor its trace.
        using (ExecutionContext.SuppressFlow())
            _ = Task.Run(async () =>
            {
                try
                {
                    await store.UsedAsync(id, time.GetUtcNow(), CancellationToken.None);
                }
                catch (StorageException fault)
                {
                    log.LogInformation(fault, "That key {Key} was used could not be written down", id);
                }
            });
    }
}
