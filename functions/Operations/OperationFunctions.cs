namespace FriendCity.Operations;

public sealed class OperationFunctions(OperationApi api)
{
    [Function("Operation")]
    public Task<IResult> Item(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "delete", Route = "api/v1/operations/{id}")] HttpRequest request, string id,
        CancellationToken cancellationToken) =>
        api.Item(request, id, cancellationToken);

    [Function("ResumeOperations")]
    public Task Resume([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => api.ResumeAsync(cancellationToken);
}
