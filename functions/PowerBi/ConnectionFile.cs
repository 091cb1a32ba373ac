using System.Text.Json;
using FriendCity.Http;
using FriendCity.Serialization;

namespace FriendCity.PowerBi;

/// <summary>
/// A <c>.pbids</c> file: opened with a double click, Power BI Desktop asks for the credential and lists what is there. Its address is a
/// concrete one and never names a key. Form: https://learn.microsoft.com/power-bi/connect-data/desktop-data-sources.
/// </summary>
/// <param name="name">Under which it is saved.</param>
/// <param name="address">The parts of the address as the protocol names them.</param>
internal sealed class ConnectionFile(string name, string protocol, params (string Name, string Value)[] address) : IResult
{
    public async Task ExecuteAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = JsonResult.ContentType;
        response.Headers.CacheControl = JsonResult.CacheControl;
        response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        await using var writer = new Utf8JsonWriter(response.BodyWriter, Json.Writing);
        writer.WriteStartObject();
        writer.WriteString("version", "0.1");
        writer.WriteStartArray("connections");
        writer.WriteStartObject();
        writer.WriteStartObject("details");
        writer.WriteString("protocol", protocol);
        writer.WriteStartObject("address");
        foreach (var part in address)
            writer.WriteString(part.Name, part.Value);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteString("mode", "Import");
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
