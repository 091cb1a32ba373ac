using FriendCity.Http;

namespace FriendCity.OpenApi;

/// <summary>The document that describes this API to programs, without a key.</summary>
internal sealed class OpenApiFunctions(ApiDocument document)
{
    [Function("OpenApiJson")]
    public Task<IResult> Json([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "openapi.json")] HttpRequest request,
        CancellationToken cancellationToken) => Task.FromResult(Answer(request, () => document.Json));

    [Function("OpenApiYaml")]
    public Task<IResult> Yaml([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "openapi.yaml")] HttpRequest request,
        CancellationToken cancellationToken) => Task.FromResult(Answer(request, () => document.Yaml));

    private static IResult Answer(HttpRequest request, Func<ApiDocument.Form> form)
    {
        Parameters.Check(request);
        var (content, contentType, etag) = form();
        request.HttpContext.Response.Headers.CacheControl = JsonResult.CacheControl;
        return Preconditions.NotModified(request, etag.ToString(), JsonResult.CacheControl) ?? Results.Bytes(content, contentType, entityTag: etag);
    }
}
