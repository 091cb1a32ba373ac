using System.Globalization;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Messages;

namespace FriendCity.OpenApi.Reference;

/// <summary>The document as a page that people read and try with their own key. Nothing in it comes from another host.</summary>
internal sealed class ReferenceFunctions
{
    /// <summary>
    /// Scripts are files of ours alone. Styles may stand in the page, and can load nothing from elsewhere: Scalar makes them as it runs, only one
    /// of its style elements takes a nonce, and its style attributes take none, and hashes would hold for one version of it.
    /// </summary>
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
        + "img-src 'self' data:; font-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

    private static readonly Text Title = new("FriendCity API", "FriendCity 接口文档");
    private static readonly Text NoScript = new("This page needs JavaScript; the document itself is at /openapi.json.",
        "此页面需要 JavaScript；文档本身见 /openapi.json。");

    [Function("Reference")]
    public Task<IResult> Page([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "docs")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = JsonResult.CacheControl;
        headers.Vary = "Accept-Language";
        return Task.FromResult(Results.Content(Html(Languages.Of(request)), "text/html; charset=utf-8"));
    }

    [Function("ReferenceAsset")]
    public Task<IResult> Asset([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "docs/assets/{name}")] HttpRequest request,
        string name, CancellationToken cancellationToken)
    {
        // Kept, but asked for again each time: a new release is seen at once.
        request.HttpContext.Response.Headers.CacheControl = "no-cache";
        return Task.FromResult(ReferenceAssets.Find(name)?.ToResult(request) ?? throw new ProblemException(new(Problems.NotFound)));
    }

    private static string Html(Language language) => string.Create(CultureInfo.InvariantCulture, $"""
        <!doctype html>
        <html lang="{Languages.Tag(language)}">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Title.In(language)}</title>
        <link rel="icon" href="/docs/assets/favicon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/docs/assets/start.css">
        <noscript>{NoScript.In(language)}</noscript>
        <div id="app"></div>
        <script src="/docs/assets/scalar.js"></script>
        <script src="/docs/assets/start.js"></script>
        </html>

        """);
}
