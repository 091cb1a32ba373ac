namespace FriendCity.Storage.Blobs;

/// <summary>Deletes what nobody needs any more, where it does not matter when.</summary>
internal static class BlobCleaning
{
    /// <summary>A blob that storage does not delete now is left for the next look.</summary>
    public static async Task TryDeleteAsync(this IBlobStorage blobs, BlobName blob, ILogger log, CancellationToken cancellationToken)
    {
        try
        {
            await blobs.DeleteAsync(blob, cancellationToken);
        }
        catch (StorageException fault)
        {
            log.LogWarning(fault, "{Container}/{Path} could not be deleted; the next look does it", blob.Container, blob.Path);
        }
    }
}
