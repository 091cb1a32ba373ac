using FriendCity.Storage.Tables;

namespace FriendCity.Storage.Blobs;

/// <summary>
/// The port to Blob Storage, with the same <see cref="StorageException"/> as <see cref="ITableStorage"/>.
/// Names are lower-case ASCII paths; ETags are the raw header values.
/// </summary>
internal interface IBlobStorage
{
    Task EnsureContainerAsync(string container, CancellationToken cancellationToken);

    /// <summary>
    /// Writes one block blob in one request. The stream is seekable, is read from its start, again for a retry, and stays open.
    /// When an answer is lost the retry meets its own effect: <see cref="BlobPut.Refused"/> may mean that our own bytes are
    /// stored, so a caller to whom that matters compares.
    /// </summary>
    Task<BlobPut> PutAsync(BlobName blob, Stream content, string contentType, BlobCondition condition, CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? metadata = null);

    /// <summary>The blob, or the bytes of <paramref name="range"/>; null when it does not exist. The caller disposes it. A range that begins
    /// behind the end has no bytes; content that breaks off throws <see cref="StorageException"/> when read.</summary>
    Task<BlobContent?> GetAsync(BlobName blob, BlobRange? range, CancellationToken cancellationToken);

    /// <summary>Blobs whose name begins with <paramref name="prefix"/>, in name order, streamed.</summary>
    IAsyncEnumerable<BlobItem> ListAsync(string container, string prefix, CancellationToken cancellationToken);

    /// <summary>True when the blob was there and is gone now. A leased blob is not deleted: <see cref="StorageException"/>.</summary>
    Task<bool> DeleteAsync(BlobName blob, CancellationToken cancellationToken);

    /// <summary>A lease of 15–60 s; null when another holds one or the blob does not exist.</summary>
    Task<string?> AcquireLeaseAsync(BlobName blob, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>False when the lease is lost.</summary>
    Task<bool> RenewLeaseAsync(BlobName blob, string leaseId, CancellationToken cancellationToken);

    /// <summary>Gives the lease back; a lost lease is no error.</summary>
    Task ReleaseLeaseAsync(BlobName blob, string leaseId, CancellationToken cancellationToken);
}
