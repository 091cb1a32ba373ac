using FriendCity.Storage;

namespace FriendCity.Http;

/// <summary>Turns what goes wrong inside a function into an answer: behind the official worker no middleware ever sees an exception.</summary>
internal static class Guard
{
    public static async Task<IResult> RunAsync(HttpRequest request, ILogger log, Func<Task<IResult>> function)
    {
        try
        {
            return await function();
        }
        catch (Exception fault) when (fault is StorageException or TimeoutException)
        {
            log.LogError(fault, "Storage failed during {Method} {Path}", request.Method, request.Path);
            return new Problem(Problems.StorageUnavailable) { RetryAfter = 2 }.Answer();
        }
        catch (BadHttpRequestException fault)
        {
            return new Problem(fault.StatusCode == StatusCodes.Status413PayloadTooLarge ? Problems.TooLarge : Problems.BadRequest).Answer();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "{Method} {Path} failed", request.Method, request.Path);
            return new Problem(Problems.Internal).Answer();
        }
    }
}
