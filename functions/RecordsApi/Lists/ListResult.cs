using System.Text;
using System.Text.Json;
using FriendCity.Http;
using FriendCity.Serialization;

namespace FriendCity.RecordsApi.Lists;

/// <summary>A page of which all but the next page's address is written already.</summary>
internal sealed class ListResult(ReadOnlyMemory<byte> head, string? nextLink) : IResult
{
    public async Task ExecuteAsync(HttpContext context)
    {
        var tail = nextLink is null
            ? ",\"nextLink\":null}"u8.ToArray() : Encoding.UTF8.GetBytes(
            $",\"nextLink\":\"{JsonEncodedText.Encode(nextLink, Json.Writing.Encoder)}\"}}");
        var response = context.Response;
        response.ContentType = JsonResult.ContentType;
        response.Headers.CacheControl = JsonResult.CacheControl;
        response.ContentLength = head.Length + tail.Length;
        await response.BodyWriter.WriteAsync(head, context.RequestAborted);
        await response.BodyWriter.WriteAsync(tail, context.RequestAborted);
    }
}
