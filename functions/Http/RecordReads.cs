using FriendCity.Records;

namespace FriendCity.Http;

/// <summary>Lists, single records and histories, as JSON.</summary>
internal sealed class RecordReads(ViewReader views, RecordStore store, CursorKey cursors)
{
    private readonly QueryCache _queries = new();

    public async Task<IResult> ListAsync(RecordType type, HttpRequest request, CancellationToken cancellation)
    {
        var signer = await cursors.SignerAsync(cancellation);
        var (list, refused) = ListRequest.Read(type, request, _queries, signer);
        if (list is null)
            return refused!.Answer();

        var set = (await views.ReadAsync(request, cancellation)).Of(type.Name);
        return list.Query.Run(set, list.After, list.Top, list.Count) is { } page
            ? ListJson.Answer(type, list.Query, page, page.Next is { } place ? list.Link(request, signer, place) : null)
            : new Problem(Problems.CursorInvalid).Answer();
    }

    public async Task<IResult> ItemAsync(RecordType type, HttpRequest request, string id, CancellationToken cancellation)
    {
        if (Parameters.Check(request) is { } unknown)
            return unknown.Answer();
        var (conditions, malformed) = Preconditions.Of(request);
        if (conditions is null)
            return malformed!.Answer();

        return await FindAsync(type, request, id, cancellation) switch
        {
            null => RecordAnswers.Missing(type, id),
            { Deleted: true } gone => RecordAnswers.Gone(gone),
            var record when conditions.HasMatch && !conditions.Matches(record.Version) => RecordAnswers.Stale(record.Version),
            var record when conditions.Excludes(record.Version) => new NotModifiedResult(Preconditions.Tag(record.Version)),
            var record => RecordAnswers.Record(type, record),
        };
    }

    public async Task<IResult> AttachmentsAsync(RecordType type, HttpRequest request, string id, CancellationToken cancellation)
    {
        if (Parameters.Check(request) is { } unknown)
            return unknown.Answer();
        return await FindAsync(type, request, id, cancellation) switch
        {
            null => RecordAnswers.Missing(type, id),
            { Deleted: true } gone => RecordAnswers.Gone(gone),
            var record => JsonResult.List(record.Attachments, (writer, attachment) => attachment.Write(writer), null),
        };
    }

    public async Task<IResult> HistoryAsync(RecordType type, HttpRequest request, string id, CancellationToken cancellation)
    {
        if (Parameters.Check(request) is { } unknown)
            return unknown.Answer();

        var versions = RecordId.IsValid(id) ? await store.HistoryAsync(type, id, cancellation) : [];
        return versions.Count == 0 ? RecordAnswers.Missing(type, id) : JsonResult.List(versions, (writer, version) => RecordJson.WriteVersion(writer, type, version), null);
    }

    /// <summary>While the records are still being loaded, one record is found sooner in its table, and is as new there.</summary>
    private async Task<Record?> FindAsync(RecordType type, HttpRequest request, string id, CancellationToken cancellation)
    {
        if (!RecordId.IsValid(id))
            return null;
        return views.Loaded ? (await views.ReadAsync(request, cancellation)).Of(type.Name).Find(id) : await store.ReadAsync(type, id, cancellation);
    }
}
