namespace FriendCity.PowerBi.OData;

/// <summary>A number of rows, as plain text.</summary>
internal sealed class CountResult(string count) : IResult
{
    public async Task ExecuteAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain";
        context.Response.Headers.CacheControl = "no-cache";
        await context.Response.WriteAsync(count, context.RequestAborted);
    }
}
