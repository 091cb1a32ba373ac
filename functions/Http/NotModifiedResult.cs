namespace FriendCity.Http;

/// <summary>304, with the headers that the 200 would have had and a cache must learn of (RFC 9110 15.4.5).</summary>
internal sealed class NotModifiedResult(string etag, string cacheControl) : IResult
{
    public Task ExecuteAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        context.Response.Headers.ETag = etag;
        context.Response.Headers.CacheControl = cacheControl;
        return Task.CompletedTask;
    }
}
