namespace FriendCity.Reports;

/// <summary>A finished document.</summary>
/// <param name="fileName">Where it is to be saved rather than shown.</param>
internal sealed class DocumentResult(byte[] body, string mediaType, string language, string? policy = null, string? fileName = null) : IResult
{
    public async Task ExecuteAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = mediaType;
        response.ContentLength = body.Length;
        response.Headers.ContentLanguage = language;
        response.Headers.CacheControl = "no-cache";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        if (policy is not null)
            response.Headers.ContentSecurityPolicy = policy;
        if (fileName is not null)
            response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        await response.Body.WriteAsync(body, context.RequestAborted);
    }
}
