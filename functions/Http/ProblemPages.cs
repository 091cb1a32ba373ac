namespace FriendCity.Http;

/// <summary>
/// Gives answers that routing or the server made without a body the same shape as all others, so that no refusal comes without a code.
/// Functions map their own faults (<see cref="Guard"/>); this sees what happens before and around them.
/// </summary>
internal sealed class ProblemPages(RequestDelegate next, ILogger<ProblemPages> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException fault) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = fault.StatusCode;
        }
        catch (Exception fault) when (fault is not OperationCanceledException && !context.Response.HasStarted)
        {
            log.LogError(fault, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }

        var response = context.Response;
        if (response.StatusCode >= 400 && !response.HasStarted && response.ContentType is null && response.ContentLength is null)
            await new Problem(Of(response.StatusCode)).Answer().ExecuteAsync(context);
    }

    private static ProblemCode Of(int status) => status switch
    {
        StatusCodes.Status404NotFound => Problems.NotFound,
        StatusCodes.Status405MethodNotAllowed => Problems.MethodNotAllowed,
        StatusCodes.Status413PayloadTooLarge => Problems.TooLarge,
        StatusCodes.Status415UnsupportedMediaType => Problems.UnsupportedMediaType,
        < 500 => Problems.BadRequest,
        _ => Problems.Internal,
    };
}
