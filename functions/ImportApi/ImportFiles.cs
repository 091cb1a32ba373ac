using System.Text;
using FriendCity.Operations;
using FriendCity.Records.Import;
using FriendCity.Records.Persistence;
using FriendCity.RecordsApi.Exports;
using FriendCity.Storage.Blobs;
using FriendCity.Storage.TemporaryFiles;

namespace FriendCity.ImportApi;

/// <summary>
/// The files of imports, under the id of their operation: what was uploaded and the plan, until the operation is over, and the report, as long as
/// the operation is known.
/// </summary>
internal sealed class ImportFiles(IBlobStorage blobs, OperationStore operations, ChangeFeed feed, TempFiles temporary, ILogger<ImportFiles> log)
{
    private const string Container = "friendcity-imports";
    private const string Upload = "upload";
    private const string Plan = "plan";
    private const string Report = "report";
    private const string Marked = "marked";
    private const string Bytes = "application/octet-stream";

    /// <summary>A file whose operation was never stored: nobody was told of it.</summary>
    private static readonly TimeSpan Orphaned = TimeSpan.FromHours(1);

    public Task PrepareAsync(CancellationToken cancellationToken) => blobs.EnsureContainerAsync(Container, cancellationToken);

    public Task PutUploadAsync(string id, Stream content, CancellationToken cancellationToken) =>
        blobs.PutAsync(Name(id, Upload), content, Bytes, BlobCondition.Absent, cancellationToken);

    /// <summary>The upload on this machine, to be read more than once; null when it is gone.</summary>
    public Task<Stream?> UploadAsync(string id, CancellationToken cancellationToken) => HereAsync(Name(id, Upload), cancellationToken);

    public async Task<ImportPlan?> PlanAsync(string id, CancellationToken cancellationToken)
    {
        await using var file = await HereAsync(Name(id, Plan), cancellationToken);
        return file is null ? null : ImportPlan.Read(file);
    }

    public async Task PutPlanAsync(string id, ImportPlan plan, CancellationToken cancellationToken)
    {
        await using var file = temporary.Open();
        plan.Write(file);
        await blobs.PutAsync(Name(id, Plan), file, Bytes, BlobCondition.Absent, cancellationToken);
    }

    public async Task PutReportAsync(string id, string report, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(report), writable: false);
        await blobs.PutAsync(Name(id, Report), bytes, "application/json; charset=utf-8", BlobCondition.Always, cancellationToken);
    }

    /// <summary>The uploaded file with what is wrong with its rows.</summary>
    public async Task PutMarkedAsync(string id, FileFormat format, Action<Stream> write, CancellationToken cancellationToken)
    {
        await using var file = temporary.Open();
        write(file);
        await blobs.PutAsync(Name(id, Marked), file, format.MediaType, BlobCondition.Always, cancellationToken);
    }

    /// <summary>The same, on this machine; null where there is none, or it is of another format.</summary>
    /// <param name="format">Null for that of the file.</param>
    public async Task<(Stream Content, FileFormat Format)?> MarkedAsync(string id, FileFormat? format, CancellationToken cancellationToken)
    {
        await using var content = await blobs.GetAsync(Name(id, Marked), null, cancellationToken);
        var own = ImportForm.All.FirstOrDefault(form => form.Format.MediaType == content?.ContentType)?.Format;
        return own is null || own != (format ?? own) ? null : (await HereAsync(content!, cancellationToken), own);
    }

    public async Task<string?> ReportAsync(string id, CancellationToken cancellationToken)
    {
        await using var content = await blobs.GetAsync(Name(id, Report), null, cancellationToken);
        return content is null ? null : Encoding.UTF8.GetString(await content.BytesAsync(cancellationToken));
    }

    /// <summary>What is of no use once the operation is over.</summary>
    public async Task ForgetAsync(string id, CancellationToken cancellationToken)
    {
        foreach (var part in new[] { Upload, Plan })
            await blobs.DeleteAsync(Name(id, part), cancellationToken);
    }

    /// <summary>Deletes the files of operations that are over or no longer known: of those, what was said of them, too.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        var known = new Dictionary<string, Operation?>(StringComparer.Ordinal);
        await foreach (var item in blobs.ListAsync(Container, "", cancellationToken))
        {
            if (item.Name.Split('/') is not [var folder, var part])
                continue;
            if (!known.TryGetValue(folder, out var operation))
                known.Add(folder, operation = await operations.FindAsync(folder.ToUpperInvariant(), cancellationToken));
            if (operation is null ? feed.Now - item.LastModified > Orphaned : operation.IsOver && part is not (Report or Marked))
                await blobs.TryDeleteAsync(new(Container, item.Name), log, cancellationToken);
        }
    }

    private async Task<Stream?> HereAsync(BlobName blob, CancellationToken cancellationToken)
    {
        await using var content = await blobs.GetAsync(blob, null, cancellationToken);
        return content is null ? null : await HereAsync(content, cancellationToken);
    }

    private Task<Stream> HereAsync(BlobContent content, CancellationToken cancellationToken) =>
        temporary.FilledAsync(file => content.Content.CopyToAsync(file, cancellationToken));

    private static BlobName Name(string id, string part) => new(Container, $"{id.ToLowerInvariant()}/{part}");
}
