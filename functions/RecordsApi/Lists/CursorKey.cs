using System.Security.Cryptography;
using FriendCity.Access;
using FriendCity.Storage;
using FriendCity.Storage.Blobs;

namespace FriendCity.RecordsApi.Lists;

/// <summary>The secret behind cursors: 32 random bytes in a blob, made by whichever instance needs it first and then the same for all.</summary>
internal sealed class CursorKey(IBlobStorage blobs, TimeProvider time)
{
    private static readonly BlobName Blob = new("friendcity-keys", "cursors");
    private byte[]? _key;

    /// <summary>What signs this caller's cursors. Asks storage once; throws <see cref="StorageException"/> when it cannot be asked.</summary>
    public async ValueTask<CursorSigner> SignerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        _key ??= await KeyAsync(cancellationToken);
        return new(_key, Caller.Of(request.HttpContext).Holder, time);
    }

    private async Task<byte[]> KeyAsync(CancellationToken cancellationToken) =>
        await ReadAsync(cancellationToken) ?? await MakeAsync(cancellationToken);

    private async Task<byte[]> MakeAsync(CancellationToken cancellationToken)
    {
        await blobs.EnsureContainerAsync(Blob.Container, cancellationToken);
        using var fresh = new MemoryStream(RandomNumberGenerator.GetBytes(32), writable: false);
        // Refused, another instance's key came first, or our own lost answer did: what is stored counts.
        await blobs.PutAsync(Blob, fresh, "application/octet-stream", BlobCondition.Absent, cancellationToken);
        return await ReadAsync(cancellationToken) ?? throw new StorageException("The key of the cursors was stored and is not there.");
    }

    private async Task<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        await using var content = await blobs.GetAsync(Blob, null, cancellationToken);
        return content is null ? null : await content.BytesAsync(cancellationToken);
    }
}
