using System.Globalization;
using FriendCity.Records;
using FriendCity.Storage;

namespace FriendCity.Http;

/// <summary>
/// The records a read answers from: as new as every write acknowledged before it arrived. A caller who says <c>Prefer: stale-ok</c> is
/// answered from memory when storage does not answer within a second; <c>Age</c> (seconds) then says how old the records may be.
/// </summary>
internal sealed class ViewReader(Replica replica, TimeProvider time)
{
    private const string StaleOk = "stale-ok";

    /// <summary>The header that says the preference was followed.</summary>
    private const string Applied = "Preference-Applied";

    /// <summary>How long a reader is kept waiting for storage, whatever is read.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan PatienceForStale = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Throws <see cref="StorageException"/>, or after 5 s <see cref="TimeoutException"/>, when storage cannot be asked and the caller wants
    /// nothing stale, or while nothing is loaded yet.
    /// </summary>
    public Task<View> ReadAsync(HttpRequest request, CancellationToken cancellation) =>
        Accepts(request) && replica.Held is { } held ? FreshOrHeldAsync(request, held, cancellation) : FreshAsync(Patience, cancellation);

    /// <summary>False until the first load is over.</summary>
    public bool Loaded => replica.Held is not null;

    /// <summary>
    /// Asks storage for what memory does not hold. It is not known, instead of an error, for a caller who takes what memory holds: at once
    /// when the records came from there already, else after a second.
    /// </summary>
    public static async Task<(bool IsKnown, T? Value)> AskAsync<T>(HttpRequest request, Func<Task<T>> ask, CancellationToken cancellation)
    {
        if (!Accepts(request))
            return (true, await ask());
        var headers = request.HttpContext.Response.Headers;
        if (headers.ContainsKey(Applied))
            return (false, default);
        try
        {
            return (true, await ask().WaitAsync(PatienceForStale, cancellation));
        }
        catch (Exception fault) when (fault is StorageException or TimeoutException)
        {
            headers[Applied] = StaleOk;
            return (false, default);
        }
    }

    private Task<View> FreshAsync(TimeSpan patience, CancellationToken cancellation) => replica.ReadAsync(CancellationToken.None).WaitAsync(patience, time, cancellation);

    private async Task<View> FreshOrHeldAsync(HttpRequest request, View held, CancellationToken cancellation)
    {
        try
        {
            return await FreshAsync(PatienceForStale, cancellation);
        }
        catch (Exception fault) when (fault is StorageException or TimeoutException)
        {
            var headers = request.HttpContext.Response.Headers;
            headers.Age = Math.Ceiling(replica.AgeOf(held).TotalSeconds).ToString(CultureInfo.InvariantCulture);
            headers[Applied] = StaleOk;
            return held;
        }
    }

    private static bool Accepts(HttpRequest request) => request.Headers.ContainsKey("Prefer") && Prefer.Find(request, StaleOk) is not null;
}
