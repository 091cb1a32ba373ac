using FriendCity.Records;

namespace FriendCity.Http;

/// <summary>Lists, single records and histories, as JSON.</summary>
internal sealed class RecordReads(Replica replica, PastRecords past, RecordStore store)
{
    private readonly QueryCache _queries = new();

    public async Task<IResult> ListAsync(RecordType type, HttpRequest request, CancellationToken cancellation)
    {
        var (list, refused) = ListRequest.Read(type, request, _queries);
        if (list is null)
            return refused!.Answer();

        var view = await replica.ReadAsync(cancellation);
        if (KnownAt.Check(list.KnownAt, view, KnownAt.Name) is { } future)
            return future.Answer();
        var set = list.KnownAt is { } knownAt ? await past.AtAsync(type, view, knownAt, cancellation) : view.Of(type.Name);
        return list.Query.Run(set, list.After, list.Top, list.Count) is { } page
            ? ListJson.Answer(type, list.Query, page, page.Next is { } place ? list.Link(request, place) : null)
            : new Problem(Problems.CursorInvalid).Answer();
    }

    public async Task<IResult> ItemAsync(RecordType type, HttpRequest request, string id, CancellationToken cancellation)
    {
        if (Parameters.Check(request, KnownAt.Name) is { } unknown)
            return unknown.Answer();
        if (KnownAt.Read(request, KnownAt.Name, out var knownAt) is { } unclear)
            return unclear.Answer();
        var (conditions, malformed) = Preconditions.Of(request);
        if (conditions is null)
            return malformed!.Answer();

        var view = await replica.ReadAsync(cancellation);
        if (KnownAt.Check(knownAt, view, KnownAt.Name) is { } future)
            return future.Answer();
        var found = view.Of(type.Name).Find(id);
        if (found is not null && knownAt is { } instant)
            found = await past.AtAsync(type, found, instant, cancellation);
        return found switch
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
        return (await replica.ReadAsync(cancellation)).Of(type.Name).Find(id) switch
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
}
