namespace FriendCity.Snapshots.Api;

/// <summary>Streams a file from storage, or the part that was asked for.</summary>
/// <param name="keep">Whether who has it may keep it.</param>
/// <param name="contentRange">Which part it is; null for the whole.</param>
internal sealed class SnapshotFileResult(Stream content, long length, string contentType, string etag, string keep,
    string? contentRange = null) : IResult
{
    /// <summary>Files of a snapshot never change.</summary>
    public const string Forever = "private, max-age=86400, immutable";

    /// <summary>Copies are made anew from night to night.</summary>
    public const string AskAgain = "private, no-cache";

    /// <summary>The pointer must never be an old one.</summary>
    public const string Never = "no-store";

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
            response.Headers.CacheControl = keep;
            if (!HttpMethods.IsHead(context.Request.Method))
                await content.CopyToAsync(response.Body, context.RequestAborted);
        }
    }
}
