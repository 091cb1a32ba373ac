namespace FriendCity.Snapshots;

/// <summary>Streams a file from storage. Files of a snapshot never change, so whoever has one may keep it.</summary>
internal sealed class SnapshotFileResult(Stream content, long length, string contentType, string etag) : IResult
{
    public async Task ExecuteAsync(HttpContext context)
    {
        await using (content)
        {
            var response = context.Response;
            response.ContentType = contentType;
            response.ContentLength = length;
            response.Headers.ETag = etag;
            response.Headers.CacheControl = "private, max-age=86400, immutable";
            await content.CopyToAsync(response.Body, context.RequestAborted);
        }
    }
}
