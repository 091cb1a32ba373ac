namespace FriendCity.Storage.Blobs;

/// <summary>
/// A lease that is renewed in the background until it is disposed or lost. It only keeps runners from working in vain: what keeps an
/// overtaken one from publishing is that storage refuses its lease id.
/// </summary>
internal sealed class BlobLease : IAsyncDisposable
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(20);

    private readonly IBlobStorage _blobs;
    private readonly BlobName _blob;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _lost = new();
    private readonly Task _keeping;
    private long _heldSince;

    private BlobLease(IBlobStorage blobs, BlobName blob, string id, long asked, TimeProvider time, ILogger log)
    {
        (_blobs, _blob, Id, _heldSince, _time, _log) = (blobs, blob, id, asked, time, log);
        _keeping = KeepAsync(_end.Token);
    }

    public string Id { get; }

    /// <summary>Cancelled when another may hold the lease.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Null when another holds it.</summary>
    public static async Task<BlobLease?> AcquireAsync(IBlobStorage blobs, BlobName blob, TimeProvider time, ILogger log,
        CancellationToken cancellationToken)
    {
        // Counted from before the request, so it is over for us before it is over for storage.
        var asked = time.GetTimestamp();
        return await blobs.AcquireLeaseAsync(blob, Duration, cancellationToken) is { } id ? new BlobLease(blobs, blob, id, asked, time, log) : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _keeping;
        try
        {
            await _blobs.ReleaseLeaseAsync(_blob, Id, CancellationToken.None);
        }
        catch (StorageException fault)
        {
            _log.LogWarning(fault, "The lease on {Blob} could not be given back; it ends by itself within {Seconds} s", _blob.Path,
                Duration.TotalSeconds);
        }

        _end.Dispose();
        _lost.Dispose();
    }

    private async Task KeepAsync(CancellationToken end)
    {
        try
        {
            while (await RenewAsync(end))
            {
            }

            await _lost.CancelAsync();
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The work is done.
        }
    }

    private async Task<bool> RenewAsync(CancellationToken end)
    {
        await Task.Delay(RenewEvery, _time, end);
        var asked = _time.GetTimestamp();
        try
        {
            if (!await _blobs.RenewLeaseAsync(_blob, Id, end))
                return false;
            _heldSince = asked;
            return true;
        }
        catch (StorageException fault)
        {
            _log.LogWarning(fault, "The lease on {Blob} could not be renewed", _blob.Path);
            return _time.GetElapsedTime(_heldSince) < Duration;
        }
    }
}
