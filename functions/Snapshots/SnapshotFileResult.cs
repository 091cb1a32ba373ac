namespace FriendCity.Snapshots;

/// <summary>Streams a file from storage, or the part that was asked for. Files of a snapshot never change, so whoever has one may keep it.</summary>
/// <param name="contentRange">Which part it is; null for the whole.</param>
internal sealed class SnapshotFileResult(Stream content, long length, string contentType, string etag, string? contentRange = null) : IResult
{
    public async Task ExecuteAsync(HttpContext context)
    {
        await using (content)
        {
            var response = context.Response;
            if (contentRange is not null)
            {
                response.StatusCode = StatusCodes.Status206PartialContent;
                response.Headers.ContentRange = contentRange;
            }

            response.ContentType = contentType;
            response.ContentLength = length;
            response.Headers.ETag = etag;
            response.Headers.AcceptRanges = "bytes";
            response.Headers.CacheControl = "private, max-age=86400, immutable";
            await content.CopyToAsync(response.Body, context.RequestAborted);
        }
    }
}
