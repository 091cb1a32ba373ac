using System.Diagnostics;
using FriendCity.Http;
using FriendCity.Records;
using FriendCity.RecordsApi.Files;
using FriendCity.RecordsApi.Writes;

namespace FriendCity.RecordsApi;

/// <summary>
/// The REST surface of every record type. Types are told by their exact name. The names of the functions sort behind those of all literal
/// routes, since the Functions host tries routes in order of name and takes the first that fits.
/// </summary>
internal sealed class RecordFunctions(
    RecordTypes types, RecordReads reads, RecordWrites writes, EntryWrites entries, Attachments attachments, Unmatched unmatched)
{
    [Function("XRecords")]
    public Task<IResult> Collection(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = "api/v1/{type}")] HttpRequest request,
        string type, CancellationToken cancellationToken) => Of(type, request, known => HttpMethods.IsPost(request.Method)
            ? writes.CreateAsync(known, request, cancellationToken) : reads.ListAsync(known, request, cancellationToken),
            json: HttpMethods.IsPost(request.Method));

    [Function("XRecord")]
    public Task<IResult> Item(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "put", "patch", "delete", Route = "api/v1/{type}/{id}")] HttpRequest request,
        string type, string id, CancellationToken cancellationToken) => Of(type, request, known => request.Method switch
        {
            "PUT" => writes.PutAsync(known, request, id, cancellationToken),
            "PATCH" => writes.PatchAsync(known, request, id, cancellationToken),
            "DELETE" => writes.DeleteAsync(known, request, id, cancellationToken),
            _ => reads.ItemAsync(known, request, id, cancellationToken),
        });

    [Function("XRecordHistory")]
    public Task<IResult> History(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/{type}/{id}/history")] HttpRequest request,
        string type, string id, CancellationToken cancellationToken) =>
        Of(type, request, known => reads.HistoryAsync(known, request, id, cancellationToken));

    [Function("XRecordRestore")]
    public Task<IResult> Restore([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/{type}/{id}/restore")] HttpRequest request,
        string type, string id, CancellationToken cancellationToken) =>
        Of(type, request, known => writes.RestoreAsync(known, request, id, cancellationToken));

    [Function("XRecordRevert")]
    public Task<IResult> Revert([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/{type}/{id}/revert")] HttpRequest request,
        string type, string id, CancellationToken cancellationToken) =>
        Of(type, request, known => writes.RevertAsync(known, request, id, cancellationToken));

    [Function("XRecordAttachments")]
    public Task<IResult> Attachments(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/{type}/{id}/attachments")] HttpRequest request,
        string type, string id, CancellationToken cancellationToken) =>
        Of(type, request, known => reads.AttachmentsAsync(known, request, id, cancellationToken));

    [Function("XRecordAttachment")]
    public Task<IResult> Attachment(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "put", "delete",
            Route = "api/v1/{type}/{id}/attachments/{name}")] HttpRequest request,
        string type, string id, string name, CancellationToken cancellationToken) =>
        Of(type, request, known => attachments.FileAsync(known, request, id, name, cancellationToken), json: false);

    // Behind the other parts of a record, which have fixed names where a list stands here.
    [Function("YEntries")]
    public Task<IResult> Entries([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/{type}/{id}/{list}")] HttpRequest request,
        string type, string id, string list, CancellationToken cancellationToken) =>
        Of(type, request, known => entries.AddAsync(known, list, request, id, cancellationToken), list: list);

    [Function("YEntry")]
    public Task<IResult> Entry(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", "delete", Route = "api/v1/{type}/{id}/{list}/{entry}")] HttpRequest request,
        string type, string id, string list, string entry, CancellationToken cancellationToken) =>
        Of(type, request, known => HttpMethods.IsDelete(request.Method)
            ? entries.RemoveAsync(known, list, request, id, entry, cancellationToken)
            : entries.ChangeAsync(known, list, request, id, entry, cancellationToken), list: list);

    /// <param name="json">The answer is JSON and nothing else, whatever the caller likes.</param>
    /// <param name="list">The list of entries that the address names, if it names one.</param>
    private Task<IResult> Of(string type, HttpRequest request, Func<RecordType, Task<IResult>> answer, bool json = true, string? list = null)
    {
        if (types.Find(type) is not { } known || (list is not null && known.EntryList(list) is null))
            return Task.FromResult(unmatched.Answer(request));
        if (json)
            Negotiation.RequireJson(request);
        Activity.Current?.SetTag("friendcity.record_type", known.Name);
        return answer(known);
    }
}
