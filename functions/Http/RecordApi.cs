using FriendCity.Records;

namespace FriendCity.Http;

/// <summary>The REST surface that every record type has; a record type's functions are one line each into it.</summary>
public sealed class RecordApi
{
    private readonly RecordReads _reads;
    private readonly RecordWrites _writes;
    private readonly ILogger _log;

    internal RecordApi(RecordReads reads, RecordWrites writes, ILogger<RecordApi> log) => (_reads, _writes, _log) = (reads, writes, log);

    /// <summary><c>api/v1/{type}</c>: list, create.</summary>
    internal Task<IResult> Collection(RecordType type, HttpRequest request, CancellationToken cancellation) =>
        Guard.RunAsync(request, _log, () => request.Method == HttpMethods.Post ? _writes.CreateAsync(type, request, cancellation) : _reads.ListAsync(type, request, cancellation));

    /// <summary><c>api/v1/{type}/{id}</c>: read, write, merge, delete.</summary>
    internal Task<IResult> Item(RecordType type, HttpRequest request, string id, CancellationToken cancellation) =>
        Guard.RunAsync(request, _log, () => request.Method switch
        {
            "PUT" => _writes.PutAsync(type, request, id, cancellation),
            "PATCH" => _writes.PatchAsync(type, request, id, cancellation),
            "DELETE" => _writes.DeleteAsync(type, request, id, cancellation),
            _ => _reads.ItemAsync(type, request, id, cancellation),
        });

    /// <summary><c>api/v1/{type}/{id}/{part}</c>: history, attachments (get), restore (post).</summary>
    internal Task<IResult> Part(RecordType type, HttpRequest request, string id, string part, CancellationToken cancellation) =>
        Guard.RunAsync(request, _log, () => (part, request.Method) switch
        {
            ("history", "GET") => _reads.HistoryAsync(type, request, id, cancellation),
            ("attachments", "GET") => _reads.AttachmentsAsync(type, request, id, cancellation),
            ("restore", "POST") => _writes.RestoreAsync(type, request, id, cancellation),
            ("history" or "attachments", _) => NotAllowed(request, HttpMethods.Get),
            ("restore", _) => NotAllowed(request, HttpMethods.Post),
            _ => Task.FromResult(new Problem(Problems.NotFound).Answer()),
        });

    private static Task<IResult> NotAllowed(HttpRequest request, string allowed)
    {
        request.HttpContext.Response.Headers.Allow = allowed;
        return Task.FromResult(new Problem(Problems.MethodNotAllowed).Answer());
    }
}
