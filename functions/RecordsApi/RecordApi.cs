using System.Diagnostics;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Records;
using FriendCity.RecordsApi.Files;

namespace FriendCity.RecordsApi;

/// <summary>The REST surface that every record type has. Types are told by their exact name.</summary>
public sealed class RecordApi
{
    private readonly RecordTypes _types;
    private readonly RecordReads _reads;
    private readonly RecordWrites _writes;
    private readonly Attachments _attachments;
    private readonly Unmatched _unmatched;
    private readonly ILogger _log;

    internal RecordApi(RecordTypes types, RecordReads reads, RecordWrites writes, Attachments attachments, Unmatched unmatched,
        ILogger<RecordApi> log) =>
        (_types, _reads, _writes, _attachments, _unmatched, _log) = (types, reads, writes, attachments, unmatched, log);

    /// <summary><c>api/v1/{type}</c>: list, create.</summary>
    internal Task<IResult> Collection(string type, HttpRequest request, CancellationToken cancellationToken) => Of(type, request, known =>
        HttpMethods.IsPost(request.Method)
            ? _writes.CreateAsync(known, request, cancellationToken) : _reads.ListAsync(known, request, cancellationToken));

    /// <summary><c>api/v1/{type}/{id}</c>: read, write, merge, delete.</summary>
    internal Task<IResult> Item(string type, HttpRequest request, string id, CancellationToken cancellationToken) =>
        Of(type, request, known => request.Method switch
    {
        "PUT" => _writes.PutAsync(known, request, id, cancellationToken),
        "PATCH" => _writes.PatchAsync(known, request, id, cancellationToken),
        "DELETE" => _writes.DeleteAsync(known, request, id, cancellationToken),
        _ => _reads.ItemAsync(known, request, id, cancellationToken),
    });

    /// <summary><c>api/v1/{type}/{id}/{part}</c>: history, attachments (get), restore (post).</summary>
    internal Task<IResult> Part(string type, HttpRequest request, string id, string part, CancellationToken cancellationToken) =>
        Of(type, request, known =>
        !RecordParts.Takes(part, request.Method, item: false) ? Task.FromResult(_unmatched.Answer(request))
        : part == RecordParts.History ? _reads.HistoryAsync(known, request, id, cancellationToken)
        : part == RecordParts.Attachments ? _reads.AttachmentsAsync(known, request, id, cancellationToken)
        : _writes.RestoreAsync(known, request, id, cancellationToken));

    /// <summary><c>api/v1/{type}/{id}/attachments/{name}</c>: get, put, delete.</summary>
    internal Task<IResult> PartItem(string type, HttpRequest request, string id, string part, string name, CancellationToken cancellationToken) =>
        Of(type, request, known =>
        RecordParts.Takes(part, request.Method, item: true)
            ? _attachments.FileAsync(known, request, id, name, cancellationToken) : Task.FromResult(_unmatched.Answer(request)), json: false);

    /// <param name="json">The answer is JSON and nothing else, whatever the caller likes.</param>
    private Task<IResult> Of(string type, HttpRequest request, Func<RecordType, Task<IResult>> answer, bool json = true)
    {
        if (_types.Find(type) is not { } known)
            return Task.FromResult(_unmatched.Answer(request));
        if (json && Negotiation.RefuseJson(request) is { } refused)
            return Task.FromResult(refused.ToResult());
        Activity.Current?.SetTag("friendcity.record_type", known.Name);
        return ExceptionMapper.RunAsync(request, _log, () => answer(known));
    }
}
