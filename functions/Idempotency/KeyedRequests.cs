using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Storage;
using FriendCity.Storage.Tables;

namespace FriendCity.Idempotency;

/// <summary>
/// Requests with an Idempotency-Key: one of them is carried out at a time, and one that has succeeded is answered from what it left. Its table
/// only says who runs; that an effect comes once, across a kill at any point, is for what runs to see to, by <see cref="Attempt.OperationId"/>.
/// </summary>
internal sealed class KeyedRequests(ITableStorage tables, StorageClock clock, IdempotencyOptions options, ILogger<KeyedRequests> log)
{
    private const int MaxRaces = 10;
    private bool _isTable;

    private DateTimeOffset Now => clock.Now ?? throw new StorageException("Storage has not told its time yet.");

    /// <param name="run">Carries it out.</param>
    /// <param name="replay">The answer of one that has succeeded, from what is kept of it.</param>
    /// <exception cref="ProblemException">Another carries it out just now, or the key is that of another request.</exception>
    public async Task<IResult> RunAsync(
        HttpRequest request, string key, Func<Attempt, Task<Answered>> run, Func<string, Task<IResult>> replay, CancellationToken cancellationToken)
    {
        var (row, again) = await ClaimAsync(RequestIdentity.Of(request, key), cancellationToken);
        if (row.Kept is { } kept)
            return Replayed(request, await replay(kept));
        Answered? answer = null;
        try
        {
            answer = await run(new Attempt(row.OperationId, again));
        }
        finally
        {
            await EndAsync(row, answer?.Kept);
        }

        return answer.IsEarlier ? Replayed(request, answer.Result) : answer.Result;
    }

    /// <summary>Deletes what is kept no longer; answers how much that was.</summary>
    public async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        await EnsureAsync(cancellationToken);
        var (before, deleted) = (Now - options.Kept, 0);
        await foreach (var page in tables.QueryAsync(RequestRow.Table, TableRange.All, [RequestRow.Age], cancellationToken))
            foreach (var partition in page.Where(row => !(RequestRow.Instant(row, RequestRow.Age) >= before)).GroupBy(row => row.PartitionKey))
                foreach (var part in partition.Chunk(TableLimits.Operations))
                    // A refusal is a row that somebody else deletes or uses at the same time: what is left goes the next night.
                    if (await tables.SubmitAsync(RequestRow.Table,
                        [.. part.Select(row => TableOperation.Delete(row.PartitionKey, row.RowKey, row.ETag!))], cancellationToken)
                        is TableSubmit.Committed)
                        deleted += part.Length;
        return deleted;
    }

    private static IResult Replayed(HttpRequest request, IResult result)
    {
        request.HttpContext.Response.Headers[IdempotencyKey.Replayed] = "true";
        return result;
    }

    /// <summary>The row of the request: to be carried out by the caller, or one that has succeeded.</summary>
    private async Task<(RequestRow Row, bool Again)> ClaimAsync(RequestIdentity identity, CancellationToken cancellationToken)
    {
        await EnsureAsync(cancellationToken);
        var (name, runner, now) = (Convert.ToHexStringLower(identity.Name), Guid.NewGuid().ToString("N"), Now);
        var fresh = new RequestRow(name, identity.Content, now, runner, now + options.Lease);
        for (var (race, again) = (0, false); race < MaxRaces; race++)
        {
            if (await tables.SubmitAsync(RequestRow.Table, [TableOperation.Insert(fresh.ToRow())], cancellationToken)
                is TableSubmit.Committed { ETags: var first })
                return (fresh with { ETag = first[0] }, false);
            var (partition, rowKey) = RequestRow.Key(name);
            if (await tables.GetAsync(RequestRow.Table, partition, rowKey, cancellationToken) is not { } stored)
                continue;
            var held = RequestRow.Of(stored);
            // The answer to our own claim was lost.
            if (held.Runner == runner)
                return (held, again);
            var isOld = now - held.FirstAt >= options.Kept;
            if (!isOld && held.Content != identity.Content)
                throw new ProblemException(new(Problems.IdempotencyKeyReused, new(
                    "The key was given to a request with another body or other conditions. A corrected request is another one, and takes a new key.",
                    "该键已用于正文或条件不同的请求。修改后的请求是另一个请求，须使用新的键。")));
            if (!isOld && held.Kept is not null)
                return (held, true);
            if (!isOld && held.LeaseEnd > now)
                throw InFlight();
            var next = isOld ? fresh : held with { Runner = runner, LeaseEnd = now + options.Lease };
            again = !isOld;
            if (await tables.SubmitAsync(RequestRow.Table, [TableOperation.Replace(next.ToRow(), held.ETag!)], cancellationToken)
                is TableSubmit.Committed { ETags: var taken })
                return (next with { ETag = taken[0] }, again);
        }

        throw InFlight();
    }

    /// <summary>
    /// A failure leaves the row, its lease over by the clock of any instance: the next try is told that an earlier one may have taken effect.
    /// Where the row cannot be written, the lease's end does the same.
    /// </summary>
    private async Task EndAsync(RequestRow row, string? kept)
    {
        try
        {
            var ended = row with { Kept = kept, LeaseEnd = DateTimeOffset.UnixEpoch };
            await tables.SubmitAsync(RequestRow.Table, [TableOperation.Replace(ended.ToRow(), row.ETag!)], CancellationToken.None);
        }
        catch (StorageException fault)
        {
            log.LogWarning(fault, "What came of request {Name} could not be noted; its next try finds it out", row.Name);
        }
    }

    private async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (!_isTable)
            await tables.EnsureTableAsync(RequestRow.Table, cancellationToken);
        _isTable = true;
    }

    private static ProblemException InFlight() => new(new(Problems.IdempotencyInFlight, new(
        "Send it again in a moment: then it is answered from what comes of the first.", "请稍后重新发送，届时将按首次请求的结果应答。"))
    { RetryAfter = 1 });
}
