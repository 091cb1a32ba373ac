using System.Globalization;
using System.Text.Json;
using FriendCity.Http;
using FriendCity.Records;

namespace FriendCity.PowerBi.OData;

/// <summary>Pages, counts and single rows, straight from the records in memory.</summary>
internal sealed class FeedRows(ViewReader views, CursorKey tokens, FeedModel model)
{
    private readonly FeedTags _tags = new();

    public async Task<IResult> PageAsync(HttpRequest request, FeedSet set, CancellationToken cancellation)
    {
        FeedQuery.CheckOffered(request);
        var (form, refused) = FeedForm.Of(request, FeedQuery.OfPage);
        if (form is null)
            return new FeedErrorResult(refused!);
        var signer = await tokens.SignerAsync(request, cancellation);
        var query = FeedQuery.Read(request, model, set, signer);
        var rows = set.In(await views.ReadAsync(request, cancellation));
        var size = PageSize.Of(request);
        var etag = _tags.Of(rows, request, form, size);
        if (FeedTags.Knows(request, etag))
            return new NotModifiedResult(etag);

        var page = FeedPage.Of(query, rows, size);
        var next = page.Next is { } place ? query.Link(request, signer, place, page.Left) : null;
        return new FeedResult(form, etag, async (writer, send) =>
        {
            writer.WriteStartObject();
            if (form.Context)
                writer.WriteString("@odata.context", Context(request, set, query));
            if (page.Count is { } count)
                writer.WriteNumber("@odata.count", count);
            writer.WriteStartArray("value");
            foreach (var row in page.Rows)
            {
                writer.WriteStartObject();
                Write(writer, query, row);
                writer.WriteEndObject();
                await send();
            }

            writer.WriteEndArray();
            if (next is not null)
                writer.WriteString("@odata.nextLink", next);
            writer.WriteEndObject();
        });
    }

    public async Task<IResult> CountAsync(HttpRequest request, FeedSet set, CancellationToken cancellation)
    {
        FeedQuery.CheckOffered(request);
        if (Parameters.Check(request, FeedQuery.OfCount) is { } refused)
            return new FeedErrorResult(refused);
        var query = FeedQuery.Read(request, model, set, await tokens.SignerAsync(request, cancellation));
        var count = query.Rows.Run(set.In(await views.ReadAsync(request, cancellation)), null, 1, count: true)!.Count!.Value;
        return new CountResult(count.ToString(CultureInfo.InvariantCulture));
    }

    public async Task<IResult> OneAsync(HttpRequest request, FeedSet set, string id, CancellationToken cancellation)
    {
        FeedQuery.CheckOffered(request);
        var (form, refused) = FeedForm.Of(request, FeedQuery.OfOne);
        if (form is null)
            return new FeedErrorResult(refused!);
        var query = FeedQuery.Read(request, model, set, await tokens.SignerAsync(request, cancellation));
        return set.In(await views.ReadAsync(request, cancellation)).Find(id) switch
        {
            null => new FeedErrorResult(new Problem(Problems.NotFound, new($"{set.Name} has no '{id}'.", $"{set.Name} 中没有“{id}”。"))),
            { Deleted: true } => new FeedErrorResult(new Problem(Problems.Gone)),
            var row => new FeedResult(form, null, (writer, _) =>
            {
                writer.WriteStartObject();
                if (form.Context)
                    writer.WriteString("@odata.context", $"{Context(request, set, query)}/$entity");
                Write(writer, query, row);
                writer.WriteEndObject();
                return Task.CompletedTask;
            }),
        };
    }

    private static string Context(HttpRequest request, FeedSet set, FeedQuery query) =>
        $"{ServiceDocument.Metadata(request)}#{set.Name}{(query.Selects ? $"({string.Join(',', query.Shown.Select(property => property.Name))})" : "")}";

    private static void Write(Utf8JsonWriter writer, FeedQuery query, Record row)
    {
        foreach (var property in query.Shown)
        {
            writer.WritePropertyName(property.Encoded);
            property.Write(writer, row);
        }
    }
}
