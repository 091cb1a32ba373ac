using System.Text.Json;
using FriendCity.Serialization;

namespace FriendCity.Http;

/// <summary>Writes JSON straight to the response.</summary>
internal sealed class JsonResult(Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK, string? etag = null,
    string? location = null, string cacheControl = JsonResult.CacheControl) : IResult
{
    public const string ContentType = "application/json; charset=utf-8";

    /// <summary>Kept by nobody without asking again.</summary>
    public const string CacheControl = "no-cache";

    public async Task ExecuteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.Headers.CacheControl = cacheControl;
        if (etag is not null)
            response.Headers.ETag = etag;
        if (location is not null)
            response.Headers.Location = location;
        await using var writer = new Utf8JsonWriter(response.BodyWriter, Json.Writing);
        write(writer);
    }

    /// <summary>A list as <c>{"value":[…],"nextLink":…}</c>.</summary>
    public static JsonResult List<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write, string? nextLink) => new(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("value");
        foreach (var item in items)
        {
            write(writer, item);
            Json.Flush(writer);
        }

        writer.WriteEndArray();
        writer.WriteString("nextLink", nextLink);
        writer.WriteEndObject();
    });
}
