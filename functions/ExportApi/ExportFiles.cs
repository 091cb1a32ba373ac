using FriendCity.Operations;
using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.RecordsApi.Exports;
using FriendCity.Storage.Blobs;

namespace FriendCity.ExportApi;

/// <summary>The files that exports made, under the id of their operation, for a day.</summary>
internal sealed class ExportFiles(
    IBlobStorage blobs, OperationStore operations, ChangeFeed feed, ExportOptions options, ILogger<ExportFiles> log)
{
    private const string Container = "friendcity-exports";
    private const string TypeName = "type";

    public static string Address(string id) => $"/api/v1/operations/{id}/file";

    public async Task PutAsync(string id, RecordType type, Stream content, CancellationToken cancellationToken)
    {
        await blobs.EnsureContainerAsync(Container, cancellationToken);
        await blobs.PutAsync(Name(id), content, FileFormat.Xlsx.MediaType, BlobCondition.Always, cancellationToken,
            new Dictionary<string, string> { [TypeName] = type.Name });
    }

    /// <summary>The file and its name; null where there is none, or none any more.</summary>
    public async Task<(Stream Content, string Name)?> FindAsync(string id, CancellationToken cancellationToken) =>
        await operations.FindAsync(id, cancellationToken) is { Kind: ExportJobs.Export, State: Operation.Succeeded } operation
        && feed.Now - operation.UpdatedAt < options.Kept && await blobs.GetAsync(Name(id), null, cancellationToken) is { } file
            ? (file.Content, $"{file.Metadata[TypeName]}.{FileFormat.Xlsx.Name}") : null;

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await blobs.EnsureContainerAsync(Container, cancellationToken);
        await foreach (var item in blobs.ListAsync(Container, "", cancellationToken))
            if (feed.Now - item.LastModified > options.Kept)
                await blobs.TryDeleteAsync(new(Container, item.Name), log, cancellationToken);
    }

    private static BlobName Name(string id) => new(Container, $"{id.ToLowerInvariant()}/file");
}
