using System.Runtime.CompilerServices;
using Azure;

namespace FriendCity.Storage;

/// <summary>Bounds each call of the official clients, and turns every failure no caller can act on into a <see cref="StorageException"/>.</summary>
internal sealed class StorageCall(StorageOptions options, TimeProvider time)
{
    public async Task<T> RunAsync<T>(string what, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var bound = Bound(what, cancellationToken);
        return await RunAsync(what, () => call(bound.Token), cancellationToken);
    }

    /// <summary>Runs a call that has a bound of its own, from <see cref="Bound"/>.</summary>
    public static async Task<T> RunAsync<T>(string what, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            var value = await call();
            StorageTimeout.Current?.Heard();
            return value;
        }
        catch (Exception e) when (e is not ArgumentException)
        {
            if (e is RequestFailedException { Status: > 0 and < 500 })
                StorageTimeout.Current?.Heard();
            throw Fault(e, what, cancellationToken);
        }
    }

    /// <exception cref="StorageException">Storage was silent for too long already.</exception>
    public CallBound Bound(string what, CancellationToken cancellationToken)
    {
        var patience = StorageTimeout.Current;
        var left = patience?.Left() ?? options.RequestTimeout;
        return left > TimeSpan.Zero
            ? new CallBound(left, patience?.Most ?? options.RequestTimeout, time, cancellationToken)
            : throw new StorageException($"Storage was silent before; it was not asked for {what} any more.");
    }

    /// <summary>Null when storage answers that there is no such thing.</summary>
    public async Task<T?> FindAsync<T>(string what, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) where T : class
    {
        using var bound = Bound(what, cancellationToken);
        return await FindAsync(what, () => call(bound.Token), cancellationToken);
    }

    /// <summary>The same for a call that has a bound of its own.</summary>
    public static Task<T?> FindAsync<T>(string what, Func<Task<T>> call, CancellationToken cancellationToken) where T : class =>
        RunAsync<T?>(what, async () =>
        {
            try
            {
                return await call();
            }
            catch (RequestFailedException answer) when (answer.Status == 404)
            {
                return null;
            }
        }, cancellationToken);

    /// <summary>Pages that are not empty, each one a call of its own; none when what is listed does not exist.</summary>
    /// <param name="from">The pages from a continuation token on.</param>
    public async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<T>(
        string what, Func<string?, CancellationToken, IAsyncEnumerable<Page<T>>> from,
        [EnumeratorCancellation] CancellationToken cancellationToken) where T : notnull
    {
        string? next = null;
        do
        {
            var start = next;
            var page = await FindAsync(what, async bound =>
            {
                await using var pages = from(start, bound).GetAsyncEnumerator(bound);
                return await pages.MoveNextAsync() ? pages.Current : throw new StorageException($"Storage answered {what} without a page.");
            }, cancellationToken);
            if (page is { Values.Count: > 0 })
                yield return page.Values;
            next = page?.ContinuationToken;
        }
        while (!string.IsNullOrEmpty(next));
    }

    // A sentence of status and code only: the service's own text repeats values of rows.
    private static Exception Fault(Exception e, string what, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? new OperationCanceledException(e.Message, e, cancellationToken)
        : e is RequestFailedException { Status: > 0 } answer ? new StorageException($"Storage answered {answer.Status} {answer.ErrorCode} to {what}.")
        : e as StorageException ?? new StorageException($"Storage did not answer {what}.", e);
}
