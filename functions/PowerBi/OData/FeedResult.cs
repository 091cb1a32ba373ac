using System.IO.Pipelines;
using System.Text.Json;
using FriendCity.Http;
using FriendCity.Serialization;

namespace FriendCity.PowerBi.OData;

/// <summary>Writes an answer of the feed, sending what is written whenever it is worth a packet: a long page never stands in memory whole.</summary>
/// <param name="write">Writes the body; its second argument sends what there is.</param>
internal sealed class FeedResult(FeedForm form, string? etag, Func<Utf8JsonWriter, Func<ValueTask>, Task> write) : IResult
{
    private const int SendAt = 32 * 1024;

    public async Task ExecuteAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = form.Type;
        response.Headers.CacheControl = JsonResult.CacheControl;
        if (etag is not null)
            response.Headers.ETag = etag;
        await using var writer = new Utf8JsonWriter(response.BodyWriter, Json.Writing);
        var sent = 0L;
        await write(writer, () =>
        {
            // What is pending is only what the writer has not handed on yet, a buffer of the server at most.
            if (writer.BytesCommitted + writer.BytesPending - sent < SendAt)
                return default;
            writer.Flush();
            sent = writer.BytesCommitted;
            return SendAsync(response.BodyWriter, context.RequestAborted);
        });
    }
    private static async ValueTask SendAsync(PipeWriter body, CancellationToken cancellationToken) => await body.FlushAsync(cancellationToken);
}
