using System.Globalization;
using FriendCity.Http;
using FriendCity.Records;
using FriendCity.Records.Replication;
using FriendCity.Storage;

namespace FriendCity.RecordsApi;

/// <summary>
/// The records a read answers from: as new as every write acknowledged before it arrived. A caller who says <c>Prefer: stale-ok</c> is
/// answered from memory at once, one who adds <c>max-age=N</c> only when that was complete N seconds ago; <c>Age</c> (seconds) says how old
/// the records may be.
/// </summary>
internal sealed class RegistryReader(Replica replica, TimeProvider time)
{
    private const string StaleOk = "stale-ok";

    /// <summary>The header that says the preference was followed.</summary>
    private const string Applied = "Preference-Applied";

    /// <summary>Marks a request during which storage was silent.</summary>
    private static readonly object Silent = new();

    /// <summary>How long storage is waited for when memory has an answer, too.</summary>
    private static readonly TimeSpan PatienceForStale = TimeSpan.FromSeconds(1);

    /// <summary>Up to this age memory is served without asking storage, so any number of stale-ok readers cause one poll in that time.</summary>
    private static readonly TimeSpan RefreshAfter = TimeSpan.FromSeconds(1);

    /// <summary>One at a time: whoever came while it asks would have another one ask again.</summary>
    private Task _refresh = Task.CompletedTask;

    /// <summary>False until the first load is over.</summary>
    public bool Loaded => replica.Held is not null;

    /// <summary>
    /// Throws <see cref="StorageException"/>, or <see cref="TimeoutException"/> when a caller who wants nothing stale waited too long for
    /// storage, or while nothing is loaded yet.
    /// </summary>
    public async Task<RegistrySnapshot> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (OldestAccepted(request) is not { } oldest || replica.Held is not { } held)
            return await replica.ReadAsync(cancellationToken);
        var age = replica.AgeOf(held);
        if (age <= oldest)
        {
            if (age > RefreshAfter && _refresh.IsCompleted)
                _refresh = replica.ReadAsync(CancellationToken.None);
            return Stale(request, held);
        }

        try
        {
            return await replica.ReadAsync(CancellationToken.None).WaitAsync(PatienceForStale, time, cancellationToken);
        }
        catch (Exception fault) when (fault is StorageException or TimeoutException)
        {
            request.HttpContext.Items[Silent] = true;
            return Stale(request, held);
        }
    }

    /// <summary>
    /// Asks storage for what memory does not hold. It is not known, instead of an error, for a caller who takes what memory holds: at once
    /// when storage was silent already, else after a second.
    /// </summary>
    public static async Task<(bool IsKnown, T? Value)> AskAsync<T>(HttpRequest request, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        if (OldestAccepted(request) is null)
            return (true, await ask());
        if (request.HttpContext.Items.ContainsKey(Silent))
            return (false, default);
        try
        {
            return (true, await ask().WaitAsync(PatienceForStale, cancellationToken));
        }
        catch (Exception fault) when (fault is StorageException or TimeoutException)
        {
            request.HttpContext.Items[Silent] = true;
            request.HttpContext.Response.Headers[Applied] = StaleOk;
            return (false, default);
        }
    }

    private RegistrySnapshot Stale(HttpRequest request, RegistrySnapshot held)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.Age = Math.Max(0, Math.Ceiling(replica.AgeOf(held).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        headers[Applied] = StaleOk;
        return held;
    }

    /// <summary>How old what memory holds may be; null for a caller who wants nothing stale, or whose limit cannot be read.</summary>
    private static TimeSpan? OldestAccepted(HttpRequest request) =>
        !request.Headers.ContainsKey("Prefer") || Prefer.Find(request, StaleOk) is null ? null
        : Prefer.Parameter(request, StaleOk, "max-age") is not { } limit ? TimeSpan.MaxValue
        : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
        : null;
}
