namespace FriendCity.Http;

public sealed class AttachmentFunctions(Attachments attachments)
{
    [Function("Attachment")]
    public Task<IResult> File([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", "delete", Route = "api/v1/{type}/{id}/attachments/{name}")] HttpRequest request, string type, string id, string name, CancellationToken cancellation) =>
        attachments.File(request, type, id, name, cancellation);
}
