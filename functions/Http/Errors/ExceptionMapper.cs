using FriendCity.Storage;
using FriendCity.Storage.Tables;
using FriendCity.Storage.TemporaryFiles;

namespace FriendCity.Http.Errors;

/// <summary>Turns what a function throws into the problem its caller is told; what is a fault of ours goes into the log.</summary>
internal static class ExceptionMapper
{
    public static Problem ProblemOf(Exception fault, HttpRequest request, ILogger log)
    {
        switch (fault)
        {
            case ProblemException refusal:
                return refusal.Problem;
            case OverloadException:
                return Problems.TooMany;
            case BadHttpRequestException unreadable:
                // The server could not read the request: its body is too long, or breaks off.
                return new(unreadable.StatusCode == StatusCodes.Status413PayloadTooLarge ? Problems.TooLarge : Problems.BadRequest);
            case StorageException or TimeoutException:
                log.LogError(fault, "Storage failed during {Method} {Path}", request.Method, request.Path);
                return new(Problems.StorageUnavailable) { RetryAfter = 2 };
            case TableOperationException:
                log.LogError(fault, "{Method} {Path} would break a limit of storage", request.Method, request.Path);
                return new(Problems.TooLarge, new($"Storage cannot hold this: {fault.Message}", $"超出存储限制，无法保存：{fault.Message}"));
            case TempFileException:
                log.LogError(fault, "{Method} {Path} found no room for temporary files", request.Method, request.Path);
                return new(Problems.NoRoom);
            case UnreadableRowException row:
                log.LogError(fault, "{Method} {Path} met a row that cannot be read", request.Method, request.Path);
                return Problems.Unreadable(row.Type, row.Id);
            default:
                log.LogError(fault, "{Method} {Path} failed", request.Method, request.Path);
                return new(Problems.Internal);
        }
    }
}
