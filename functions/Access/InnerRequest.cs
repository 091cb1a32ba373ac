using FriendCity.Http.Errors;

namespace FriendCity.Access;

/// <summary>A request inside another and by its caller: what one function asks of another, answered as from outside.</summary>
internal sealed class InnerRequest
{
    /// <param name="body">Null for one without a body.</param>
    public InnerRequest(HttpRequest outer, string method, PathString path, QueryString query, byte[]? body = null)
    {
        var http = new DefaultHttpContext
        {
            RequestServices = outer.HttpContext.RequestServices,
            RequestAborted = outer.HttpContext.RequestAborted,
            TraceIdentifier = outer.HttpContext.TraceIdentifier,
        };
        http.Features.Set(Caller.Of(outer.HttpContext));
        var request = http.Request;
        (request.Method, request.Scheme, request.Host, request.Path, request.QueryString) = (method, outer.Scheme, outer.Host, path, query);
        request.Headers.AcceptLanguage = outer.Headers.AcceptLanguage;
        if (body is not null)
            (request.Body, request.ContentLength) = (new MemoryStream(body, writable: false), body.Length);
        Request = request;
    }

    public HttpRequest Request { get; }

    /// <summary>Status and headers, once it is answered.</summary>
    public HttpResponse Response => Request.HttpContext.Response;

    /// <summary>The body of the answer. What goes wrong is a problem, as it is outside.</summary>
    public async Task<ReadOnlyMemory<byte>> AnswerAsync(Func<HttpRequest, Task<IResult>> answer, ILogger log)
    {
        using var content = new MemoryStream();
        Response.Body = content;
        try
        {
            await (await answer(Request)).ExecuteAsync(Request.HttpContext);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            await ExceptionMapper.ProblemOf(fault, Request, log).ToResult().ExecuteAsync(Request.HttpContext);
        }

        await Response.CompleteAsync();
        return content.ToArray();
    }
}
