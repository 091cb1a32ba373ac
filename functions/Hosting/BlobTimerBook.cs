using FriendCity.Storage;

namespace FriendCity.Hosting;

/// <summary>
/// A timer's status in the blob <c>timers/NAME/status</c>. Its lease is the right to run. What keeps a process that was overtaken from
/// recording its run is storage, which refuses a lease that is over and a status that has changed.
/// </summary>
internal sealed partial class BlobTimerBook(IBlobStorage blobs, string function, TimeProvider clock, ILogger logger) : ITimerBook
{
    public const string Container = "friendcity-timers";

    // The names of functions are told apart ignoring case, those of blobs are not.
    private readonly BlobName _blob = new(Container, $"timers/{function.ToLowerInvariant()}/status");

    public async Task<TimerStatus> ReadAsync(TimerStatus first, CancellationToken cancellation)
    {
        var (status, etag) = await LoadAsync(cancellation);
        if (status is not null)
            return status;

        if (etag is null)
            await blobs.EnsureContainerAsync(Container, cancellation);
        else
            Log.Damaged(logger, _blob.Path);

        // Refused, it was another process's first status that came before ours.
        await PutAsync(first, etag is null ? BlobCondition.Absent : new BlobCondition.Matches(etag), cancellation);
        return (await LoadAsync(cancellation)).Status ?? first;
    }

    public async Task<TimerTurn?> TakeAsync(CancellationToken cancellation)
    {
        if (await BlobLease.AcquireAsync(blobs, _blob, clock, logger, cancellation) is not { } lease)
            return null;
        TimerTurn? turn = null;
        try
        {
            if (await LoadAsync(cancellation) is ({ } status, var etag))
                turn = new TimerTurn(status, async next => (etag = await RecordAsync(next, etag, lease.Id)) is not null, lease);
            return turn;
        }
        finally
        {
            if (turn is null)
                await lease.DisposeAsync();
        }
    }

    /// <summary>The new ETag, or null when another had the right by then.</summary>
    private async Task<string?> RecordAsync(TimerStatus next, string? etag, string lease)
    {
        // A run that is over is recorded even while the program stops: forgotten, it would be made up for.
        if (etag is not null && await PutAsync(next, new BlobCondition.Matches(etag, lease), CancellationToken.None) is BlobPut.Written { ETag: var written })
            return written;

        // A refusal may be our own work met by a repeated try.
        var (status, current) = await LoadAsync(CancellationToken.None);
        return status == next ? current : null;
    }

    private async Task<(TimerStatus? Status, string? ETag)> LoadAsync(CancellationToken cancellation)
    {
        await using var content = await blobs.GetAsync(_blob, null, cancellation);
        return content is null ? (null, null) : (TimerStatus.Read(await content.BytesAsync(cancellation)), content.ETag);
    }

    private async Task<BlobPut> PutAsync(TimerStatus status, BlobCondition condition, CancellationToken cancellation)
    {
        using var content = new MemoryStream(status.ToBytes(), writable: false);
        return await blobs.PutAsync(_blob, content, "application/json", condition, cancellation);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "What {Blob} holds is no timer's status; the timer begins anew.")]
        public static partial void Damaged(ILogger logger, string blob);
    }
}
