using FriendCity.Http;
using FriendCity.Messages;

namespace FriendCity.PowerBi.Guide;

/// <summary>Sends the page. Nothing runs in it, and what it loads comes from here.</summary>
internal sealed class GuideResult(string page, Language language) : IResult
{
    private const string Policy = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

    public Task ExecuteAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentLanguage = Languages.Tag(language);
        response.Headers.Vary = "Accept-Language";
        response.Headers.CacheControl = "no-cache";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        return response.WriteAsync(page, context.RequestAborted);
    }
}
