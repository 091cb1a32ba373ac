using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Messages;
using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Records.Replication;
using FriendCity.RecordsApi.Writes;
using FriendCity.Storage;
using FriendCity.Storage.Blobs;
using FriendCity.Storage.TemporaryFiles;
using Microsoft.Net.Http.Headers;

namespace FriendCity.RecordsApi.Files;

/// <summary>
/// Files of records. The bytes go to storage first, under their hash and once; then the record's next version names them. A record
/// write that fails leaves the bytes without a name, and the same request again finds them there.
/// </summary>
internal sealed class Attachments(Replica replica, RecordStore store, RecordWriter writer, IBlobStorage blobs, TempFiles spool)
{
    private const string Container = "attachments";

    public async Task<IResult> FileAsync(RecordType type, HttpRequest request, string id, string name, CancellationToken cancellationToken)
    {
        Parameters.Check(request);
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return await GetAsync(type, request, id, name, cancellationToken);

        var conditions = Preconditions.Of(request);
        return request.Method == HttpMethods.Put
            ? await PutAsync(type, request, id, name, conditions, cancellationToken)
            : await DeleteAsync(type, request, id, name, conditions, cancellationToken);
    }

    private async Task<IResult> GetAsync(RecordType type, HttpRequest request, string id, string name, CancellationToken cancellationToken)
    {
        var record = (await replica.ReadAsync(cancellationToken)).Of(type.Name).Find(id);
        if (record is null)
            return RecordResults.Missing(type, id);
        if (record.Deleted)
            return RecordResults.Gone(record);
        if (record.Attachments.FirstOrDefault(each => each.Name == name) is not { } attachment)
            return new Problem(Problems.NotFound, new($"{type.Name}/{id} has no attachment '{name}'.", $"{type.Name}/{id} 没有附件“{name}”。")).ToResult();
        if (Preconditions.NotModified(request, AttachmentResult.Tag(attachment), AttachmentResult.CacheControl) is { } answer)
            return answer;
        return await blobs.GetAsync(Blob(type, id, attachment.Sha256), null, cancellationToken) is { } content
            ? new AttachmentResult(attachment, content)
            : throw new StorageException($"The bytes of {type.Name}/{id}/{name} ({attachment.Sha256}) are not in storage.");
    }

    private async Task<IResult> PutAsync(RecordType type, HttpRequest request, string id, string name, Preconditions conditions,
        CancellationToken cancellationToken)
    {
        if (!RecordId.IsValid(id))
            return RecordResults.Missing(type, id);
        if (!AttachmentRules.IsName(name))
            return Refused("/name", "bad_name",
                $"A file name of 1 to {AttachmentRules.MaxName} characters, without folders, names of devices, invisible signs, or a point or blank "
                    + $"at its end.",
                $"文件名应为 1 至 {AttachmentRules.MaxName} 个字符，不含路径、设备保留名和不可见字符，且不以句点或空格结尾。").ToResult();
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var mediaType) || !AttachmentRules.Knows(mediaType.MediaType.Value))
            return new Problem(Problems.UnsupportedMediaType,
                new($"Attach one of {AttachmentRules.MediaTypes}.", $"可上传的类型：{AttachmentRules.MediaTypes}。")).ToResult();
        if (!AttachmentRules.Agrees(name, mediaType.MediaType.Value!))
            return Refused("/name", "wrong_extension",
                $"The name of a file of type {mediaType.MediaType} ends in {AttachmentRules.ExtensionsOf(mediaType.MediaType.Value!)}.",
                $"{mediaType.MediaType} 类型文件的扩展名应为 {AttachmentRules.ExtensionsOf(mediaType.MediaType.Value!)}。").ToResult();

        await using var file = await Upload.ReadAsync(request, AttachmentRules.MaxBytes, spool, cancellationToken);
        if (file is null)
            return new Problem(Problems.TooLarge, new($"An attachment has at most {AttachmentRules.MaxBytes} bytes.",
                $"附件最大 {AttachmentRules.MaxBytes} 字节。")).ToResult();
        if (!AttachmentRules.Fits(mediaType.MediaType.Value!, file.Begin))
            return Refused("", "wrong_content", $"The bytes are not those of {mediaType.MediaType}.", $"文件内容与 {mediaType.MediaType} 不符。").ToResult();

        BodyDigest.Note(request, file.Sha256);
        var attachment = new Attachment(name, mediaType.MediaType.Value!.ToLowerInvariant(), file.Length, file.Sha256);
        return await WriteAsync(type, request, id, name, attachment, conditions, cancellationToken, KeepAsync);

        // The record is looked at before the bytes are kept, so that refused requests leave nothing behind.
        async Task<IResult?> KeepAsync()
        {
            var plan = Planned(type, await store.ReadAsync(type, id, cancellationToken), name, attachment, conditions);
            if (plan is WritePlan.Nothing { Outcome: not WriteOutcome.Unchanged } refused)
                return RecordResults.Of(type, request, refused.Outcome);
            if (WritePreferences.Of(request).DryRun)
                return null;
            await blobs.EnsureContainerAsync(Container, cancellationToken);
            await blobs.PutAsync(Blob(type, id, attachment.Sha256), file.Content, attachment.MediaType, BlobCondition.Absent, cancellationToken);
            return null;
        }
    }

    private async Task<IResult> DeleteAsync(RecordType type, HttpRequest request, string id, string name, Preconditions conditions,
        CancellationToken cancellationToken) =>
        RecordId.IsValid(id) ? await WriteAsync(type, request, id, name, null, conditions, cancellationToken) : RecordResults.Missing(type, id);

    /// <summary>Writes the record's next version with the name pointing to <paramref name="attachment"/>, or to nothing.</summary>
    private Task<IResult> WriteAsync(RecordType type, HttpRequest request, string id, string name, Attachment? attachment,
        Preconditions conditions, CancellationToken cancellationToken, Func<Task<IResult?>>? prepare = null) =>
        writer.WriteAsync(type, request, id, (_, current) => Planned(type, current, name, attachment, conditions), cancellationToken, prepare);

    private static WritePlan Planned(RecordType type, Record? current, string name, Attachment? attachment, Preconditions conditions) =>
        conditions.Unmet(current) is { } unmet ? new WritePlan.Nothing(unmet) : Plan(type, current!, name, attachment);

    private static WritePlan Plan(RecordType type, Record current, string name, Attachment? attachment)
    {
        var others = current.Attachments.Where(each => each.Name != name).ToList();
        var before = current.Attachments.FirstOrDefault(each => each.Name == name);
        if (before == attachment)
            return new WritePlan.Nothing(attachment is null ? new WriteOutcome.Missing() : new WriteOutcome.Unchanged(current));
        IReadOnlyList<Attachment> next = attachment is null ? others : [.. others, attachment];
        return attachment is not null && AttachmentRules.TooMany(next) is { } violation
            ? new WritePlan.Nothing(new WriteOutcome.Refused([violation]))
            : new WritePlan.Store(type.FromColumns(type.ToColumns(current))) { Attachments = next };
    }

    private static Problem Refused(string pointer, string rule, string en, string zh) =>
        new(Problems.Invalid, Errors: [new Violation(pointer, rule, new(en, zh))]);

    private static BlobName Blob(RecordType type, string id, string sha256) => new(Container, $"{type.Name}/{id}/{sha256}");
}
