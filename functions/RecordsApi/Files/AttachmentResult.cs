using FriendCity.Records;
using FriendCity.Storage.Blobs;
using Microsoft.Net.Http.Headers;

namespace FriendCity.RecordsApi.Files;

/// <summary>Sends a file as a download: whatever it holds, the browser never runs it under our address.</summary>
internal sealed class AttachmentResult(Attachment attachment, BlobContent content) : IResult
{
    public const string CacheControl = "no-cache";

    public static string Tag(Attachment attachment) => $"\"{attachment.Sha256}\"";

    public async Task ExecuteAsync(HttpContext context)
    {
        await using (content)
        {
            var headers = context.Response.Headers;
            context.Response.ContentType = attachment.MediaType;
            context.Response.ContentLength = attachment.Bytes;
            var disposition = new ContentDispositionHeaderValue("attachment");
            disposition.SetHttpFileName(attachment.Name);
            headers.ContentDisposition = disposition.ToString();
            headers.ContentSecurityPolicy = "sandbox";
            headers.CacheControl = CacheControl;
            headers.ETag = Tag(attachment);
            await content.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }
}
