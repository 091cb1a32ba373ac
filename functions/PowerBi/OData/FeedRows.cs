using System.Globalization;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.PowerBi.OData.Model;
using FriendCity.PowerBi.OData.Query;
using FriendCity.PowerBi.OData.Star;
using FriendCity.Records;
using FriendCity.RecordsApi;
using FriendCity.RecordsApi.Lists;

namespace FriendCity.PowerBi.OData;

/// <summary>Pages, counts and single rows: of records straight from memory, of the star from the snapshot.</summary>
internal sealed class FeedRows(RegistryReader registries, StarTables star, CursorKey tokens, FeedModel model)
{
    /// <param name="path">The record and the way from it that lead to the rows; null for a whole set.</param>
    public async Task<IResult> PageAsync(HttpRequest request, FeedSet set, FeedPath? path, CancellationToken cancellationToken)
    {
        FeedQuery.CheckOffered(request);
        var form = FeedForm.Of(request, FeedQuery.OfPage);
        var signer = await tokens.SignerAsync(request, cancellationToken);
        var (query, source) = await OpenAsync(request, set, path, signer, cancellationToken);
        var size = PageSize.Of(request);
        var etag = FeedTags.Of(source, query, request, form, size);
        if (Preconditions.NotModified(request, etag, JsonResult.CacheControl) is { } answer)
            return answer;

        var page = source.Page(query, size);
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
                query.Shown.Write(writer, row, source.Registry);
                writer.WriteEndObject();
                await send();
            }

            writer.WriteEndArray();
            if (page.Next() is { } place)
                writer.WriteString("@odata.nextLink", query.Link(request, signer, place, page.Left));
            writer.WriteEndObject();
        });
    }

    public async Task<IResult> CountAsync(HttpRequest request, FeedSet set, FeedPath? path, CancellationToken cancellationToken)
    {
        FeedQuery.CheckOffered(request);
        Parameters.Check(request, FeedQuery.OfCount);
        var (query, source) = await OpenAsync(request, set, path, await tokens.SignerAsync(request, cancellationToken), cancellationToken);
        return new CountResult(source.Count(query.Rows).ToString(CultureInfo.InvariantCulture));
    }

    /// <param name="id">The row's id, or that of the record from which <paramref name="way"/> leads to the row.</param>
    public async Task<IResult> OneAsync(HttpRequest request, FeedSet set, string id, FeedNavigation? way, CancellationToken cancellationToken)
    {
        FeedQuery.CheckOffered(request);
        var form = FeedForm.Of(request, FeedQuery.OfOne);
        var shown = way?.Target ?? set;
        var (query, source) = await OpenAsync(request, shown, null, await tokens.SignerAsync(request, cancellationToken), cancellationToken);
        var row = way is null ? Existing(set, source.Find(id), id)
            : way.One(Existing(set, ((LiveSet)set).In(source.Registry!).Find(id), id), source.Registry!);
        // What a reference leads to may not be there, and nothing is then the answer.
        return row is null ? Results.NoContent() : new FeedResult(form, null, (writer, _) =>
        {
            writer.WriteStartObject();
            if (form.Context)
                writer.WriteString("@odata.context", $"{Context(request, shown, query)}/$entity");
            query.Shown.Write(writer, row, source.Registry);
            writer.WriteEndObject();
            return Task.CompletedTask;
        });
    }

    /// <summary>
    /// The rows of this moment and what is asked of them: of records those of now, of the star those of the snapshot that a link names, or else
    /// of the current one.
    /// </summary>
    private async Task<(FeedQuery Query, FeedSource Source)> OpenAsync(HttpRequest request, FeedSet set, FeedPath? path, CursorSigner signer,
        CancellationToken cancellationToken)
    {
        if (set is StarSet table)
        {
            var query = FeedQuery.Read(request, model, set, signer);
            query = query with { Snapshot = query.Snapshot ?? await star.CurrentAsync(cancellationToken) };
            var source = await star.OpenAsync(query.Snapshot, table, request.HttpContext.RequestAborted);
            // Rows are read while they are sent.
            request.HttpContext.Response.RegisterForDispose(source);
            return (query, source);
        }

        var registry = await registries.ReadAsync(request, cancellationToken);
        var live = ((LiveSet)set).At(registry);
        if (path is not null)
            Existing(path.From, path.From.In(registry).Find(path.Id), path.Id);
        return (FeedQuery.Read(request, model, live, signer, path?.Navigation.Within(path.Id)), new LiveSource(live, registry));
    }

    /// <exception cref="ProblemException">There is no row of that id.</exception>
    private static Record Existing(FeedSet set, Record? row, string id) => row switch
    {
        { Deleted: true } when set is LiveSet { Remembers: true } => throw new ProblemException(new Problem(Problems.Gone)),
        null or { Deleted: true } =>
            throw new ProblemException(new Problem(Problems.NotFound, new($"{set.Name} has no '{id}'.", $"{set.Name} 中没有“{id}”。"))),
        _ => row,
    };

    private static string Context(HttpRequest request, FeedSet set, FeedQuery query) =>
        $"{ServiceDocument.Metadata(request)}#{set.Name}{query.Shown.Context}";
}

/// <summary>A record and a way from it to many rows.</summary>
internal sealed record FeedPath(LiveSet From, string Id, FeedNavigation Navigation);
