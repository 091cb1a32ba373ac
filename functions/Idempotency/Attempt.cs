namespace FriendCity.Idempotency;

/// <summary>One try at a request that may be tried again.</summary>
/// <param name="OperationId">
/// The same for every try, and for no other request: stored with the effect, in one transaction, it shows a later try what an earlier did.
/// What the request makes may have it as its id.
/// </param>
/// <param name="Again">An earlier try may have taken effect.</param>
internal sealed record Attempt(string OperationId, bool Again);

/// <summary>What came of a try.</summary>
/// <param name="Kept">From which the same answer can be made again; null for a failure, which the next try does not repeat.</param>
/// <param name="IsEarlier">An earlier try did it.</param>
internal sealed record Answered(IResult Result, string? Kept, bool IsEarlier = false);
