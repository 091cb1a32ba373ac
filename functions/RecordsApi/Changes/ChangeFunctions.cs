using FriendCity.Http;

namespace FriendCity.RecordsApi.Changes;

/// <summary>What has changed, for partners who hold a copy and for people who ask who did it.</summary>
internal sealed class ChangeFunctions(ChangeReads changes)
{
    [Function("Changes")]
    public Task<IResult> Changes([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/v1/changes")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        Negotiation.RequireJson(request);
        return changes.AnswerAsync(request, cancellationToken);
    }
}
