using System.Globalization;
using FriendCity.Records;

namespace FriendCity.Http;

/// <summary>Lists, single records and histories, as JSON.</summary>
internal sealed class RecordReads(Replica replica, RecordStore store)
{
    private const int StandardPage = 100;
    private const int LargestPage = 1000;

    public async Task<IResult> ListAsync(RecordType type, HttpRequest request, CancellationToken cancellation)
    {
        if (Parameters.Check(request, "$top", "cursor") is { } unknown)
            return unknown.Answer();
        var (top, wrong) = Parameters.Integer(request, "$top", StandardPage, 1, LargestPage);
        if (wrong is not null)
            return wrong.Answer();
        var after = "";
        if (Parameters.Text(request, "cursor") is { } cursor && (after = Cursor.Read(cursor, type.Name)) is null)
            return new Problem(Problems.CursorInvalid).Answer();

        var set = (await replica.ReadAsync(cancellation)).Of(type.Name);
        var page = Page(set, after, top + 1).ToList();
        string? next = null;
        if (page.Count > top)
        {
            page.RemoveAt(top);
            next = PublicAddress.Of(request, string.Create(CultureInfo.InvariantCulture, $"{request.Path}?$top={top}&cursor={Cursor.After(type.Name, page[^1].Id)}"));
        }

        return JsonResult.List(page, (writer, record) => RecordJson.Write(writer, type, record), next);
    }

    public async Task<IResult> ItemAsync(RecordType type, HttpRequest request, string id, CancellationToken cancellation)
    {
        if (Parameters.Check(request) is { } unknown)
            return unknown.Answer();
        var (conditions, malformed) = Preconditions.Of(request);
        if (conditions is null)
            return malformed!.Answer();

        return (await replica.ReadAsync(cancellation)).Of(type.Name).Find(id) switch
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

    private static IEnumerable<Record> Page(RecordSet set, string after, int most)
    {
        var start = set.IndexOf(after);
        for (var i = start >= 0 ? start + 1 : ~start; i < set.Count && most > 0; i++)
        {
            if (set[i].Deleted)
                continue;
            most--;
            yield return set[i];
        }
    }
}
