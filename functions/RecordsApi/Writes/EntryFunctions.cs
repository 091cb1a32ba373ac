using FriendCity.Http;
using FriendCity.Records;

namespace FriendCity.RecordsApi.Writes;

/// <summary>
/// The lists of entries in records, one entry at a time. The names of the functions sort behind those of the other parts of a record, which
/// have fixed names where a list stands here.
/// </summary>
internal sealed class EntryFunctions(RecordTypes types, EntryWrites writes, Unmatched unmatched)
{
    [Function("YEntries")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/v1/{type}/{id}/{list}")] HttpRequest request,
        string type, string id, string list, CancellationToken cancellationToken) =>
        Of(type, list, request, known => writes.AddAsync(known, list, request, id, cancellationToken));

    [Function("YEntry")]
    public Task<IResult> Entry(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", "delete", Route = "api/v1/{type}/{id}/{list}/{entry}")] HttpRequest request,
        string type, string id, string list, string entry, CancellationToken cancellationToken) =>
        Of(type, list, request, known => HttpMethods.IsDelete(request.Method)
            ? writes.RemoveAsync(known, list, request, id, entry, cancellationToken)
            : writes.ChangeAsync(known, list, request, id, entry, cancellationToken));

    private Task<IResult> Of(string type, string list, HttpRequest request, Func<RecordType, Task<IResult>> answer)
    {
        if (types.Find(type) is not { } known || known.EntryList(list) is null)
            return Task.FromResult(unmatched.Answer(request));
        Negotiation.RequireJson(request);
        return answer(known);
    }
}
