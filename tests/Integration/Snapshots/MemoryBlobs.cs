using System.Runtime.CompilerServices;
using FriendCity.Storage;
using FriendCity.Storage.Blobs;

namespace FriendCity.Tests.Integration.Snapshots;

internal enum BlobFault
{
    /// <summary>The call fails and has no effect.</summary>
    Refuse,

    /// <summary>The call has its effect and fails.</summary>
    LoseAnswer,

    /// <summary>This call and all later ones fail without effect, as when the caller died.</summary>
    Die,
}

/// <summary>Blob storage in memory with ETags and leases, which can do harm at its nth call.</summary>
internal sealed class MemoryBlobs(TimeProvider time) : IBlobStorage
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Blob> _blobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Id, DateTimeOffset Until)> _leases = [];
    private int _calls;
    private int _etags;

    public int Calls => _calls;

    public (int Call, BlobFault Fault)? Harm { get; set; }

    /// <summary>Awaited before a call takes effect, with its verb and the blob's path.</summary>
    public Func<string, string, Task>? Before { get; set; }

    /// <summary>Called with each answer.</summary>
    public Action? Answered { get; set; }

    public IReadOnlyList<string> Paths
    {
        get
        {
            lock (_gate)
                return [.. _blobs.Keys];
        }
    }

    public byte[]? Bytes(string path)
    {
        lock (_gate)
            return _blobs.GetValueOrDefault(path)?.Bytes;
    }

    public string? Metadata(string path, string name)
    {
        lock (_gate)
            return _blobs[path].Metadata.GetValueOrDefault(name);
    }

    public void Heal() => (Harm, _calls) = (null, 0);

    /// <summary>What an operator, or a fault of storage, does to a blob.</summary>
    public void Tamper(string path, byte[]? bytes)
    {
        lock (_gate)
            if (bytes is null)
                _blobs.Remove(path);
            else
                _blobs[path] = _blobs[path] with { Bytes = bytes };
    }

    /// <summary>Takes over another's blobs, which hold no leases.</summary>
    public void CopyFrom(MemoryBlobs other)
    {
        lock (_gate)
            lock (other._gate)
            {
                _etags = other._etags;
                foreach (var (path, blob) in other._blobs)
                    _blobs.Add(path, blob);
            }
    }

    /// <summary>Keeps names, and no longer the bytes, of blobs that nobody reads again.</summary>
    public void Forget(Func<string, bool> isRead)
    {
        lock (_gate)
            foreach (var (path, blob) in _blobs.Where(blob => !isRead(blob.Key)).ToList())
                _blobs[path] = blob with { Bytes = [] };
    }

    public void BreakLeases()
    {
        lock (_gate)
            _leases.Clear();
    }

    public Task EnsureContainerAsync(string container, CancellationToken cancellationToken) =>
        CallAsync("ensure", container, () => 0, cancellationToken);

    public Task<BlobPut> PutAsync(BlobName blob, Stream content, string contentType, BlobCondition condition, CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? metadata = null) => CallAsync<BlobPut>("put", blob.Path, () =>
    {
        var (old, lease) = (_blobs.GetValueOrDefault(blob.Path), Lease(blob.Path));
        var allowed = condition switch
        {
            BlobCondition.None => old is null,
            BlobCondition.Matches match => old?.ETag == match.ETag && match.LeaseId == lease,
            _ => lease is null,
        };
        if (!allowed)
            return new BlobPut.Refused();
        using var bytes = new MemoryStream();
        content.Position = 0;
        content.CopyTo(bytes);
        var etag = $"\"{++_etags}\"";
        _blobs[blob.Path] = new Blob(blob.Container, bytes.ToArray(), contentType, etag, metadata ?? new Dictionary<string, string>(),
            time.GetUtcNow());
        return new BlobPut.Written(etag);
    }, cancellationToken);

    public Task<BlobContent?> GetAsync(BlobName blob, BlobRange? range, CancellationToken cancellationToken) => CallAsync("get", blob.Path, () =>
    {
        if (_blobs.GetValueOrDefault(blob.Path) is not { } found)
            return null;
        var part = range is { } asked ? found.Bytes.Skip((int)asked.From).Take((int)(asked.Length ?? int.MaxValue)).ToArray() : found.Bytes;
        return new BlobContent(new MemoryStream(part), part.Length, found.Bytes.Length, found.ETag, found.ContentType, found.Metadata);
    }, cancellationToken);

    public async IAsyncEnumerable<BlobItem> ListAsync(string container, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var items = await CallAsync("list", prefix, () => _blobs.Where(blob => blob.Value.Container == container
            && blob.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(blob => new BlobItem(blob.Key, blob.Value.Bytes.Length, blob.Value.ETag, blob.Value.LastModified)).ToList(), cancellationToken);
        foreach (var item in items)
            yield return item;
    }

    public Task<bool> DeleteAsync(BlobName blob, CancellationToken cancellationToken) =>
        CallAsync("delete", blob.Path, () => _blobs.Remove(blob.Path), cancellationToken);

    public Task<string?> AcquireLeaseAsync(BlobName blob, TimeSpan duration, CancellationToken cancellationToken) =>
        CallAsync("lease", blob.Path, () =>
    {
        if (!_blobs.ContainsKey(blob.Path) || Lease(blob.Path) is not null)
            return null;
        _leases[blob.Path] = (Guid.NewGuid().ToString(), time.GetUtcNow() + duration);
        return Lease(blob.Path);
    }, cancellationToken);

    public Task<bool> RenewLeaseAsync(BlobName blob, string leaseId, CancellationToken cancellationToken) => CallAsync("renew", blob.Path, () =>
    {
        // As in the service, an expired lease may be renewed as long as nobody took another.
        if (!_leases.TryGetValue(blob.Path, out var lease) || lease.Id != leaseId)
            return false;
        _leases[blob.Path] = (leaseId, time.GetUtcNow() + TimeSpan.FromSeconds(60));
        return true;
    }, cancellationToken);

    public Task ReleaseLeaseAsync(BlobName blob, string leaseId, CancellationToken cancellationToken) => CallAsync("release", blob.Path, () =>
        _leases.TryGetValue(blob.Path, out var lease) && lease.Id == leaseId && _leases.Remove(blob.Path), cancellationToken);

    private string? Lease(string path) => _leases.TryGetValue(path, out var lease) && lease.Until > time.GetUtcNow() ? lease.Id : null;

    private async Task<T> CallAsync<T>(string verb, string path, Func<T> effect, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var number = Interlocked.Increment(ref _calls);
        if (Before is { } before)
            await before(verb, path);
        var fault = Harm is { } harm && (number == harm.Call || (number > harm.Call && harm.Fault == BlobFault.Die)) ? harm.Fault : (BlobFault?)null;
        if (fault is BlobFault.Refuse or BlobFault.Die)
            throw new StorageException($"Call {number}, {verb} {path}, fails.");

        T result;
        lock (_gate)
            result = effect();
        Answered?.Invoke();
        return fault is BlobFault.LoseAnswer ? throw new StorageException($"The answer to call {number}, {verb} {path}, is lost.") : result;
    }

    private sealed record Blob(string Container, byte[] Bytes, string ContentType, string ETag, IReadOnlyDictionary<string, string> Metadata,
        DateTimeOffset LastModified);
}
