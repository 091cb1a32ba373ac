using System.Text.Json;
using FriendCity.Http;
using FriendCity.Records;

namespace FriendCity.PowerBi;

/// <summary>
/// A <c>.pbids</c> file: opened with a double click, Power BI Desktop asks for the credential and lists the feed's sets.
/// Its address is the one under which the caller reached us; it never names a key.
/// </summary>
internal sealed class ConnectionFile(string feed) : IResult
{
    public const string Name = "connect.pbids";

    public async Task ExecuteAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = JsonResult.ContentType;
        response.Headers.CacheControl = JsonResult.CacheControl;
        response.Headers.ContentDisposition = "attachment; filename=\"FriendCity.pbids\"";
        await using var writer = new Utf8JsonWriter(response.BodyWriter, Json.Writing);
        writer.WriteStartObject();
        writer.WriteString("version", "0.1");
        writer.WriteStartArray("connections");
        writer.WriteStartObject();
        writer.WriteStartObject("details");
        writer.WriteString("protocol", "odata");
        writer.WriteStartObject("address");
        writer.WriteString("url", feed);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteString("mode", "Import");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
