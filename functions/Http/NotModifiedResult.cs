namespace FriendCity.Http;

internal sealed class NotModifiedResult(string etag) : IResult
{
    public Task ExecuteAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        context.Response.Headers.ETag = etag;
        return Task.CompletedTask;
    }
}
