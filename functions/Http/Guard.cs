using FriendCity.Records;
using FriendCity.Storage;

namespace FriendCity.Http;

/// <summary>Turns what goes wrong inside a function into an answer: behind the official worker no middleware ever sees an exception.</summary>
internal static class Guard
{
    /// <param name="answer">The form in which callers of this address read a problem; RFC 9457 where nothing is said.</param>
    public static async Task<IResult> RunAsync(HttpRequest request, ILogger log, Func<Task<IResult>> function, Func<Problem, IResult>? answer = null)
    {
        answer ??= problem => problem.Answer();
        try
        {
            return await function();
        }
        catch (Exception fault) when (fault is StorageException or TimeoutException)
        {
            log.LogError(fault, "Storage failed during {Method} {Path}", request.Method, request.Path);
            return answer(new(Problems.StorageUnavailable) { RetryAfter = 2 });
        }
        catch (UnreadableRowException fault)
        {
            log.LogError(fault, "{Method} {Path} met a row that cannot be read", request.Method, request.Path);
            return answer(Problems.Unreadable(fault.Type, fault.Id));
        }
        catch (BadHttpRequestException fault)
        {
            return answer(new(fault.StatusCode == StatusCodes.Status413PayloadTooLarge ? Problems.TooLarge : Problems.BadRequest));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "{Method} {Path} failed", request.Method, request.Path);
            return answer(new(Problems.Internal));
        }
    }
}
