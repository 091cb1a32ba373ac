using System.Globalization;
using System.Security.Cryptography;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Messages;

namespace FriendCity.OpenApi.Reference;

/// <summary>The document as a page that people read and try with their own key. Nothing in it comes from another host.</summary>
public sealed class ReferenceFunctions
{
    private static readonly Text Title = new("FriendCity API", "FriendCity 接口文档");
    private static readonly Text NoScript = new("This page needs JavaScript; the document itself is at /openapi.json.", "此页面需要 JavaScript；文档本身见 /openapi.json。");

    [Function("Reference")]
    public Task<IResult> Page([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "docs")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        // The script makes its styles as it runs: those that carry this page's number are taken, and no others.
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; connect-src 'self'; "
            + "img-src 'self' data:; font-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
        headers.CacheControl = "no-store";
        headers.Vary = "Accept-Language";
        return Task.FromResult(Results.Content(Html(Languages.Of(request), nonce), "text/html; charset=utf-8"));
    }

    [Function("ReferenceAsset")]
    public Task<IResult> Asset([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "docs/assets/{name}")] HttpRequest request,
        string name, CancellationToken cancellationToken)
    {
        // Kept, but asked for again each time: a new release is seen at once.
        request.HttpContext.Response.Headers.CacheControl = "no-cache";
        return Task.FromResult(ReferenceAssets.Find(name)?.ToResult(request) ?? new Problem(Problems.NotFound).ToResult());
    }

    private static string Html(Language language, string nonce) => string.Create(CultureInfo.InvariantCulture, $"""
        <!doctype html>
        <html lang="{Languages.Tag(language)}">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta property="csp-nonce" content="{nonce}">
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
