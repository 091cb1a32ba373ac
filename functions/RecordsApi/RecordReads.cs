using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Records.Query;
using FriendCity.Records.Replication;
using FriendCity.Records.Schemas;
using FriendCity.RecordsApi.Changes;
using FriendCity.RecordsApi.Lists;
using FriendCity.Storage;

namespace FriendCity.RecordsApi;

/// <summary>Lists, single records and histories, as JSON.</summary>
internal sealed class RecordReads(RegistryReader registries, PastRecords past, RecordStore store, Quarantine quarantine, CursorKey cursors)
{
    private readonly QueryCache _queries = new();
    private readonly ListAnswers _answers = new();

    public async Task<IResult> ListAsync(RecordType type, HttpRequest request, CancellationToken cancellationToken)
    {
        var signer = await cursors.SignerAsync(request, cancellationToken);
        var list = ListRequest.Read(type, request, _queries, signer);
        var registry = await registries.ReadAsync(request, cancellationToken);
        KnownAt.Check(list.KnownAt, registry);
        var set = list.KnownAt is { } knownAt ? await past.AtAsync(type, registry, knownAt, cancellationToken) : registry.Of(type.Name);
        var answer = _answers.Answer(type, list, set, place => list.Link(request, signer, place))
            ?? throw new ProblemException(new(Problems.CursorInvalid));
        request.HttpContext.Response.Headers[ChangeCursor.Header] =
            new ChangeCursor(list.KnownAt < registry.AsOf ? list.KnownAt.Value : registry.AsOf).ToString();
        return answer;
    }

    public async Task<IResult> ItemAsync(RecordType type, HttpRequest request, string id, CancellationToken cancellationToken)
    {
        Parameters.Check(request, KnownAt.Name);
        var knownAt = KnownAt.Read(request);
        if (knownAt is not null)
            KnownAt.Check(knownAt, await registries.ReadAsync(request, cancellationToken));
        var found = await FindAsync(type, request, id, cancellationToken);
        if (found is not null && knownAt is { } instant)
            found = await past.AtAsync(type, found, instant, cancellationToken);
        return found switch
        {
            null => RecordResults.Missing(type, id),
            { Deleted: true } gone => RecordResults.Gone(gone),
            var record => Preconditions.NotModified(request, Preconditions.Tag(record.Version), JsonResult.CacheControl)
                ?? RecordResults.Record(type, record),
        };
    }

    public async Task<IResult> AttachmentsAsync(RecordType type, HttpRequest request, string id, CancellationToken cancellationToken)
    {
        Parameters.Check(request);
        return await FindAsync(type, request, id, cancellationToken) switch
        {
            null => RecordResults.Missing(type, id),
            { Deleted: true } gone => RecordResults.Gone(gone),
            var record => JsonResult.List(record.Attachments, (writer, attachment) => attachment.Write(writer), null),
        };
    }

    public async Task<IResult> HistoryAsync(RecordType type, HttpRequest request, string id, CancellationToken cancellationToken)
    {
        Parameters.Check(request);

        var versions = RecordId.IsValid(id) ? await store.HistoryAsync(type, id, cancellationToken) : [];
        return versions.Count == 0
            ? RecordResults.Missing(type, id) : JsonResult.List(versions, (writer, version) => RecordJson.WriteVersion(writer, type, version), null);
    }

    /// <summary>While the records are still being loaded, one record is found sooner in its table, and is as new there.</summary>
    private async Task<Record?> FindAsync(RecordType type, HttpRequest request, string id, CancellationToken cancellationToken)
    {
        if (!RecordId.IsValid(id))
            return null;
        if (!registries.Loaded)
            return await store.ReadAsync(type, id, cancellationToken);
        var found = (await registries.ReadAsync(request, cancellationToken)).Of(type.Name).Find(id);
        return found is null && quarantine.Holds(type, id) ? throw new UnreadableRowException(type.Name, id) : found;
    }
}
