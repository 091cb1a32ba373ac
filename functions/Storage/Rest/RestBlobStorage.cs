using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Core;

namespace FriendCity.Storage.Rest;

/// <summary>Blob Storage over its REST interface.</summary>
internal sealed class RestBlobStorage(StorageAccount account, StorageClock clock, TimeProvider time, StorageOptions options) : IBlobStorage
{
    private readonly StorageWire _wire = StoragePipeline.Blobs(account, clock, time, options);

    public async Task EnsureContainerAsync(string container, CancellationToken cancellation)
    {
        using var message = _wire.Request(RequestMethod.Put, Path(container), ("restype", "container"));
        var response = await _wire.SendAsync(message, cancellation);
        if (response.Status != 201 && StorageFault.Of(response).Code != "ContainerAlreadyExists")
            throw StorageFault.Unexpected(message);
    }

    public async Task<BlobPut> PutAsync(BlobName blob, Stream content, string contentType, BlobCondition condition, CancellationToken cancellation,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        BlobRules.CheckMetadata(metadata ??= new Dictionary<string, string>());
        using var message = _wire.Request(RequestMethod.Put, Path(blob));
        var headers = message.Request.Headers;
        headers.SetValue("x-ms-blob-type", "BlockBlob");
        headers.SetValue("Content-Type", contentType);
        foreach (var (name, value) in metadata)
            headers.SetValue("x-ms-meta-" + name, value);
        if (condition is BlobCondition.None)
            headers.SetValue("If-None-Match", "*");
        if (condition is BlobCondition.Matches match)
        {
            headers.SetValue("If-Match", match.ETag);
            if (match.LeaseId is not null)
                headers.SetValue("x-ms-lease-id", match.LeaseId);
        }

        message.Request.Content = new SeekableContent(content);
        var response = await _wire.SendAsync(message, cancellation);
        return (response.Status, StorageFault.Of(response).Code) switch
        {
            (201, _) => new BlobPut.Written(BlobAnswer.ETag(response)),
            // An existing blob is 409 to If-None-Match; a missing one, a wrong ETag or a wrong lease is 412 or 404 to If-Match.
            (409, "BlobAlreadyExists") or (412, _) or (404, "BlobNotFound") => new BlobPut.Refused(),
            _ => throw StorageFault.Unexpected(message),
        };
    }

    public async Task<BlobContent?> GetAsync(BlobName blob, BlobRange? range, CancellationToken cancellation)
    {
        var message = _wire.Request(RequestMethod.Get, Path(blob));
        message.BufferResponse = false;
        if (range is { } part)
            message.Request.Headers.SetValue("x-ms-range", BlobAnswer.Range(part));
        var handedOver = false;
        try
        {
            var response = await _wire.SendAsync(message, cancellation);
            handedOver = response.Status is 200 or 206;
            return response.Status switch
            {
                200 or 206 => BlobAnswer.Content(message),
                404 => null,
                416 => await NothingAsync(blob, cancellation),
                _ => throw StorageFault.Unexpected(message),
            };
        }
        finally
        {
            // The content's stream reads from the message until the caller disposes it.
            if (!handedOver)
                message.Dispose();
        }
    }

    public async IAsyncEnumerable<BlobItem> ListAsync(string container, string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? marker = null;
        do
        {
            using var message = _wire.Request(RequestMethod.Get, Path(container),
                ("restype", "container"), ("comp", "list"), ("prefix", prefix.Length > 0 ? prefix : null), ("marker", marker),
                ("maxresults", options.BlobPageSize.ToString(CultureInfo.InvariantCulture)));
            var response = await _wire.SendAsync(message, cancellation);
            if (response.Status == 404)
                yield break;
            if (response.Status != 200)
                throw StorageFault.Unexpected(message);
            var page = BlobListing.Read(response.Content);
            foreach (var item in page.Items)
                yield return item;
            marker = page.NextMarker;
        }
        while (marker is not null);
    }

    public async Task<bool> DeleteAsync(BlobName blob, CancellationToken cancellation)
    {
        using var message = _wire.Request(RequestMethod.Delete, Path(blob));
        var response = await _wire.SendAsync(message, cancellation);
        return response.Status switch
        {
            202 => true,
            404 => false,
            _ => throw StorageFault.Unexpected(message),
        };
    }

    public async Task<string?> AcquireLeaseAsync(BlobName blob, TimeSpan duration, CancellationToken cancellation)
    {
        if (duration < TimeSpan.FromSeconds(15) || duration > TimeSpan.FromSeconds(60))
            throw new ArgumentOutOfRangeException(nameof(duration), duration, "A lease lasts 15 to 60 seconds.");
        // We choose the id, so a retry after a lost answer meets its own lease and is given it again.
        var leaseId = Guid.NewGuid().ToString("D");
        using var message = Lease(blob, "acquire");
        message.Request.Headers.SetValue("x-ms-proposed-lease-id", leaseId);
        message.Request.Headers.SetValue("x-ms-lease-duration", ((int)duration.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        return await GrantedAsync(message, cancellation) ? leaseId : null;
    }

    public async Task<bool> RenewLeaseAsync(BlobName blob, string leaseId, CancellationToken cancellation)
    {
        using var message = Lease(blob, "renew");
        message.Request.Headers.SetValue("x-ms-lease-id", leaseId);
        return await GrantedAsync(message, cancellation);
    }

    public async Task ReleaseLeaseAsync(BlobName blob, string leaseId, CancellationToken cancellation)
    {
        using var message = Lease(blob, "release");
        message.Request.Headers.SetValue("x-ms-lease-id", leaseId);
        await GrantedAsync(message, cancellation);
    }

    private static string Path(string container) => "/" + BlobRules.CheckContainer(container);

    private static string Path(BlobName blob)
    {
        BlobRules.Check(blob);
        return $"/{blob.Container}/{string.Join('/', blob.Path.Split('/').Select(Uri.EscapeDataString))}";
    }

    private HttpMessage Lease(BlobName blob, string action)
    {
        var message = _wire.Request(RequestMethod.Put, Path(blob), ("comp", "lease"));
        message.Request.Headers.SetValue("x-ms-lease-action", action);
        return message;
    }

    private async Task<bool> GrantedAsync(HttpMessage message, CancellationToken cancellation)
    {
        var response = await _wire.SendAsync(message, cancellation);
        return response.Status switch
        {
            200 or 201 => true,
            404 or 409 or 412 => false,
            _ => throw StorageFault.Unexpected(message),
        };
    }

    // The range begins behind the blob's end: no bytes, but still the blob's facts.
    private async Task<BlobContent?> NothingAsync(BlobName blob, CancellationToken cancellation)
    {
        using var message = _wire.Request(RequestMethod.Head, Path(blob));
        var response = await _wire.SendAsync(message, cancellation);
        return response.Status switch
        {
            200 => BlobAnswer.Empty(response),
            404 => null,
            _ => throw StorageFault.Unexpected(message),
        };
    }
}
