using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Records;
using FriendCity.Records.Persistence;
using FriendCity.Records.Query;
using FriendCity.Records.Replication;
using FriendCity.Records.Schemas;
using FriendCity.RecordsApi.Changes;
using FriendCity.RecordsApi.Exports;
using FriendCity.RecordsApi.Lists;
using FriendCity.Storage;

namespace FriendCity.RecordsApi;

/// <summary>Lists, single records and histories, as JSON; lists also as files.</summary>
internal sealed class RecordReads(
    RegistryReader registries, PastRecords past, RecordStore store, Quarantine quarantine, CursorKey cursors, RecordFiles files)
{
    private readonly QueryCache _queries = new();
    private readonly ListAnswers _answers = new();

    /// <summary>A page, as JSON or as a file.</summary>
    public async Task<IResult> ListAsync(RecordType type, HttpRequest request, CancellationToken cancellationToken)
    {
        var signer = await cursors.SignerAsync(request, cancellationToken);
        var list = ListRequest.Read(type, request, _queries, signer);
        var form = FileForm.Read(request, FileFormat.OfLists);
        if (form.Format != FileFormat.Json && list.Count)
            throw Parameters.Wrong("$count", "taken with format json only.", "仅适用于 json 格式。");
        var set = await SetAsync(type, request, list, cancellationToken);
        if (form.Format == FileFormat.Json)
            return _answers.Answer(type, list, set, place => list.Link(request, signer, place)) ?? throw NoPlace();
        var page = list.Query.Run(set, list.After, list.Top, count: false) ?? throw NoPlace();
        if (page.Next is { } next)
            request.HttpContext.Response.Headers.Link = $"<{list.Link(request, signer, next)}>; rel=\"next\"";
        return await files.AnswerAsync(type, list.Query, page.Records, form, cancellationToken);
    }

    /// <summary>All records of a list that is asked for as one file, and the form of the file.</summary>
    public async Task<(ListQuery Query, IReadOnlyList<Record> Records, FileForm Form)> SelectAsync(RecordType type, HttpRequest request,
        CancellationToken cancellationToken)
    {
        var list = ListRequest.ReadWhole(type, request, _queries);
        var form = FileForm.Read(request, FileFormat.Files);
        var set = await SetAsync(type, request, list, cancellationToken);
        return (list.Query, list.Query.Run(set, null, list.Top, count: false)!.Records, form);
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

    /// <summary>The records to list; the answer says from where on to follow their changes.</summary>
    private async Task<RecordSet> SetAsync(RecordType type, HttpRequest request, ListRequest list, CancellationToken cancellationToken)
    {
        var registry = await registries.ReadAsync(request, cancellationToken);
        KnownAt.Check(list.KnownAt, registry);
        request.HttpContext.Response.Headers[ChangeCursor.Header] =
            new ChangeCursor(list.KnownAt < registry.AsOf ? list.KnownAt.Value : registry.AsOf).ToString();
        return list.KnownAt is { } knownAt ? await past.AtAsync(type, registry, knownAt, cancellationToken) : registry.Of(type.Name);
    }

    private static ProblemException NoPlace() => new(new(Problems.CursorInvalid));

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
