using FriendCity.Access;
using FriendCity.Http;
using FriendCity.Idempotency;
using FriendCity.Storage;

namespace FriendCity.Operations;

/// <summary>Starts operations that callers ask for, once for each Idempotency-Key.</summary>
internal sealed class OperationStart(OperationRunner operations, OperationStore store, KeyedRequests requests)
{
    /// <summary>202, as <see cref="OperationJson.Accepted"/> answers.</summary>
    /// <param name="request">Its body, if it has one that matters, is noted as <see cref="BodyDigest"/>.</param>
    /// <param name="input">What the work is to do; it must not rest on the instant, as a later try may be the one that stores it.</param>
    /// <param name="prepare">Stores what belongs to the operation of that id; a later try may store it again.</param>
    public async Task<IResult> StartAsync(HttpRequest request, string kind, string input, CancellationToken cancellationToken,
        Func<string, Task>? prepare = null)
    {
        var actor = Caller.Of(request.HttpContext).Name;
        if (IdempotencyKey.Of(request) is not { } key)
            return OperationJson.Accepted(request, await operations.StartAsync(kind, input, actor, cancellationToken, prepare: prepare));
        return await requests.RunAsync(request, key, async attempt =>
        {
            var isEarlier = attempt.Again && await store.FindAsync(attempt.OperationId, cancellationToken) is not null;
            var operation = await operations.StartAsync(kind, input, actor, cancellationToken, attempt.OperationId, prepare);
            return new(Begun(operation), operation.Id, isEarlier);
        }, async id => Begun(await store.FindAsync(id, cancellationToken) ?? throw new UnreadableRowException(OperationStore.Table, id)),
        cancellationToken);

        // As the first answer said it, however far the work is by now.
        IResult Begun(Operation operation) => OperationJson.Accepted(request, new(
            operation.Id, operation.Kind, Operation.Queued, operation.Actor, operation.CreatedAt, operation.CreatedAt, null));
    }
}
