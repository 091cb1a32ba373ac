namespace FriendCity.PowerBi.OData;

/// <summary>The metadata document: XML whatever the caller accepts, since Power Query asks for it as for everything else, with JSON first.</summary>
internal sealed class MetadataResult(byte[] csdl) : IResult
{
    public async Task ExecuteAsync(HttpContext context)
    {
        context.Response.ContentType = "application/xml";
        context.Response.Headers.CacheControl = "no-cache";
        await context.Response.BodyWriter.WriteAsync(csdl, context.RequestAborted);
    }
}
