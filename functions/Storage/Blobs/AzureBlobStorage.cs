using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace FriendCity.Storage.Blobs;

/// <summary>Blob Storage over the official client.</summary>
internal sealed class AzureBlobStorage(StorageAccount account, StorageClock clock, TimeProvider time, StorageOptions options) : IBlobStorage
{
    private const string UnknownType = "application/octet-stream";

    private readonly StorageCall _call = new(options, time);

    // The client's newest version may be too new for the emulator.
    private readonly BlobServiceClient _service = Client(account, new BlobClientOptions(BlobClientOptions.ServiceVersion.V2021_12_02)
        .Bound(options, clock, time));

    public Task EnsureContainerAsync(string container, CancellationToken cancellationToken)
    {
        var client = Container(container);
        return _call.RunAsync($"the creation of {container}", bound => client.CreateIfNotExistsAsync(cancellationToken: bound), cancellationToken);
    }

    public async Task<BlobPut> PutAsync(BlobName blob, Stream content, string contentType, BlobCondition condition,
        CancellationToken cancellationToken,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        BlobRules.CheckMetadata(metadata ??= new Dictionary<string, string>());
        var client = Blob(blob);
        var what = $"a put of {blob.Path}";
        using var bound = _call.Bound(what, cancellationToken);
        var upload = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = contentType },
            Metadata = metadata.ToDictionary(),
            Conditions = Conditions(condition),
            ProgressHandler = bound,
            // One request whatever the size: a blob as long as this or longer is sent in blocks, which are two requests at least.
            TransferOptions = new StorageTransferOptions { InitialTransferSize = content.Length + 1 },
        };
        content.Position = 0;
        return await StorageCall.RunAsync<BlobPut>(what, async () =>
        {
            try
            {
                var answer = await client.UploadAsync(content, upload, bound.Token);
                return new BlobPut.Written(answer.Value.ETag.ToString("H"));
            }
            catch (RequestFailedException answer) when (
                (answer.Status, answer.ErrorCode) is (409, "BlobAlreadyExists") or (412, _) or (404, "BlobNotFound"))
            {
                return new BlobPut.Refused();
            }
        }, cancellationToken);
    }

    public async Task<BlobContent?> GetAsync(BlobName blob, BlobRange? range, CancellationToken cancellationToken)
    {
        var client = Blob(blob);
        var wanted = new BlobDownloadOptions { Range = range is { } part ? new HttpRange(part.From, part.Length) : default };
        var what = $"a read of {blob.Path}";
        // The stream goes on with the token it is given, and asks again when a connection breaks off: so the bound is the stream's from then on.
        var bound = _call.Bound(what, cancellationToken);
        var handedOver = false;
        try
        {
            return await StorageCall.FindAsync(what, ReadAsync, cancellationToken);
        }
        finally
        {
            if (!handedOver)
                bound.Dispose();
        }

        async Task<BlobContent> ReadAsync()
        {
            try
            {
                var answer = (await client.DownloadStreamingAsync(wanted, bound.Token)).Value;
                var (facts, stream) = (answer.Details, new AnswerStream(answer.Content, answer, bound));
                handedOver = true;
                var total = BlobRange.Total(facts.ContentRange ?? "") ?? facts.ContentLength;
                return new BlobContent(stream, facts.ContentLength, total, facts.ETag.ToString("H"), facts.ContentType ?? UnknownType,
                    facts.Metadata.AsReadOnly());
            }
            catch (RequestFailedException answer) when (answer.Status == 416)
            {
                // The range begins behind the blob's end: no bytes, but still the blob's facts.
                var facts = (await client.GetPropertiesAsync(null, bound.Token)).Value;
                return new BlobContent(Stream.Null, 0, facts.ContentLength, facts.ETag.ToString("H"), facts.ContentType ?? UnknownType,
                    facts.Metadata.AsReadOnly());
            }
        }
    }

    public async IAsyncEnumerable<BlobItem> ListAsync(string container, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var client = Container(container);
        var pages = _call.PagesAsync($"a listing of {container}", (next, bound) =>
            client.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix.Length > 0 ? prefix : null, bound).AsPages(next, options.BlobPageSize),
                cancellationToken);
        await foreach (var page in pages)
            foreach (var item in page)
                yield return new BlobItem(item.Name, item.Properties.ContentLength ?? 0, item.Properties.ETag?.ToString("H") ?? "",
                    item.Properties.LastModified ?? default);
    }

    public async Task<bool> DeleteAsync(BlobName blob, CancellationToken cancellationToken)
    {
        var client = Blob(blob);
        return await _call.FindAsync($"a deletion of {blob.Path}", bound => client.DeleteAsync(cancellationToken: bound),
            cancellationToken) is not null;
    }

    public async Task<string?> AcquireLeaseAsync(BlobName blob, TimeSpan duration, CancellationToken cancellationToken)
    {
        if (duration < TimeSpan.FromSeconds(15) || duration > TimeSpan.FromSeconds(60))
            throw new ArgumentOutOfRangeException(nameof(duration), duration, "A lease lasts 15 to 60 seconds.");
        // We choose the id, so a retry after a lost answer meets its own lease and is given it again.
        var leaseId = Guid.NewGuid().ToString("D");
        return await GrantedAsync(blob, leaseId, (lease, bound) => lease.AcquireAsync(duration, cancellationToken: bound), cancellationToken)
            ? leaseId : null;
    }

    public Task<bool> RenewLeaseAsync(BlobName blob, string leaseId, CancellationToken cancellationToken) =>
        GrantedAsync(blob, leaseId, (lease, bound) => lease.RenewAsync(cancellationToken: bound), cancellationToken);

    public Task ReleaseLeaseAsync(BlobName blob, string leaseId, CancellationToken cancellationToken) =>
        GrantedAsync(blob, leaseId, (lease, bound) => lease.ReleaseAsync(cancellationToken: bound), cancellationToken);

    private static BlobServiceClient Client(StorageAccount account, BlobClientOptions settings) => account.Access switch
    {
        StorageAccess.SharedKey key => new(account.Blobs, new StorageSharedKeyCredential(key.Account, Convert.ToBase64String(key.Key)), settings),
        StorageAccess.Signature signature => new(account.Blobs, new AzureSasCredential(signature.Query), settings),
        StorageAccess.Identity identity => new(account.Blobs, identity.Credential, settings),
        _ => throw new ArgumentException("Unknown kind of access.", nameof(account)),
    };

    private static BlobRequestConditions? Conditions(BlobCondition condition) => condition switch
    {
        BlobCondition.None => new BlobRequestConditions { IfNoneMatch = ETag.All },
        BlobCondition.Matches match => new BlobRequestConditions { IfMatch = new ETag(match.ETag), LeaseId = match.LeaseId },
        _ => null,
    };

    private Task<bool> GrantedAsync(BlobName blob, string leaseId, Func<BlobLeaseClient, CancellationToken, Task> ask,
        CancellationToken cancellationToken)
    {
        var lease = Blob(blob).GetBlobLeaseClient(leaseId);
        return _call.RunAsync($"a lease of {blob.Path}", async bound =>
        {
            try
            {
                await ask(lease, bound);
                return true;
            }
            catch (RequestFailedException answer) when (answer.Status is 404 or 409 or 412)
            {
                return false;
            }
        }, cancellationToken);
    }

    private BlobContainerClient Container(string container) => _service.GetBlobContainerClient(BlobRules.CheckContainer(container));

    private BlobClient Blob(BlobName blob)
    {
        BlobRules.Check(blob);
        return Container(blob.Container).GetBlobClient(blob.Path);
    }
}
