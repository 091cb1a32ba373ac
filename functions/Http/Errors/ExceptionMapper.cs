using FriendCity.Storage;
using FriendCity.Storage.Tables;
using FriendCity.Storage.TemporaryFiles;

namespace FriendCity.Http.Errors;

/// <summary>Turns what goes wrong inside a function into an answer, in the form its callers read.</summary>
internal static class ExceptionMapper
{
    /// <param name="answer">The form in which callers of this address read a problem; RFC 9457 where nothing is said.</param>
    public static async Task<IResult> RunAsync(HttpRequest request, ILogger log, Func<Task<IResult>> function, Func<Problem, IResult>? answer = null)
    {
        answer ??= problem => problem.ToResult();
        try
        {
            return await function();
        }
        catch (Exception fault) when (fault is StorageException or TimeoutException)
        {
            log.LogError(fault, "Storage failed during {Method} {Path}", request.Method, request.Path);
            return answer(new(Problems.StorageUnavailable) { RetryAfter = 2 });
        }
        catch (OverloadException)
        {
            return answer(Problems.TooMany);
        }
        catch (TableOperationException fault)
        {
            log.LogError(fault, "{Method} {Path} would break a limit of storage", request.Method, request.Path);
            return answer(new(Problems.TooLarge, new($"Storage cannot hold this: {fault.Message}", $"超出存储限制，无法保存：{fault.Message}")));
        }
        catch (TempFileException fault)
        {
            log.LogError(fault, "{Method} {Path} found no room for temporary files", request.Method, request.Path);
            return answer(new(Problems.NoRoom));
        }
        catch (UnreadableRowException fault)
        {
            log.LogError(fault, "{Method} {Path} met a row that cannot be read", request.Method, request.Path);
            return answer(Problems.Unreadable(fault.Type, fault.Id));
        }
        catch (BadHttpRequestException fault)
        {
            return answer(Unreadable(fault));
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "{Method} {Path} failed", request.Method, request.Path);
            return answer(new(Problems.Internal));
        }
    }

    /// <summary>The server could not read the request: its body is too long, or breaks off.</summary>
    public static Problem Unreadable(BadHttpRequestException fault) =>
        new(fault.StatusCode == StatusCodes.Status413PayloadTooLarge ? Problems.TooLarge : Problems.BadRequest);
}
