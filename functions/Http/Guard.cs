using FriendCity.Storage;

namespace FriendCity.Http;

/// <summary>Turns what goes wrong inside a function into an answer: behind the official worker no middleware ever sees an exception.</summary>
internal static class Guard
{
    /// <summary>Who reads is told within this time; a write may take longer, as its outcome must be known.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What was is read from all of history.</summary>
    private static readonly TimeSpan PatienceForThePast = TimeSpan.FromSeconds(60);

    public static async Task<IResult> RunAsync(HttpRequest request, ILogger log, Func<Task<IResult>> function)
    {
        try
        {
            return await (HttpMethods.IsGet(request.Method) ? function().WaitAsync(OfThePast(request) ? PatienceForThePast : Patience) : function());
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

    private static bool OfThePast(HttpRequest request) => request.Query.Keys.Any(name => name.EndsWith(KnownAt.Name, StringComparison.OrdinalIgnoreCase));
}
