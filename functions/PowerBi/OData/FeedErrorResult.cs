using System.Globalization;
using System.Text.Json;
using FriendCity.Http;
using FriendCity.Http.Errors;
using FriendCity.Serialization;

namespace FriendCity.PowerBi.OData;

/// <summary>A problem as OData clients read it: <c>{"error":{"code":…,"message":…,"target":…}}</c>, in the reader's language.</summary>
/// <param name="target">The query option at fault, or null.</param>
internal sealed class FeedErrorResult(Problem problem, string? target = null) : IResult
{
    public async Task ExecuteAsync(HttpContext context)
    {
        var (response, language) = (context.Response, Languages.Of(context.Request));
        response.StatusCode = problem.Code.Status;
        response.ContentType = FeedForm.ContentType;
        response.Headers.ContentLanguage = Languages.Tag(language);
        response.Headers.Vary = "Accept-Language";
        response.Headers.CacheControl = "no-store";
        if (problem.RetryAfter is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);

        await using var writer = new Utf8JsonWriter(response.BodyWriter, Json.Writing);
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteString("code", problem.Code.Name);
        writer.WriteString("message", (problem.Detail ?? problem.Code.Title).In(language));
        if (target is not null)
            writer.WriteString("target", target);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
