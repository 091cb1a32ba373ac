using System.Globalization;
using System.Text.Json;
using FriendCity.Messages;
using FriendCity.Serialization;

namespace FriendCity.Http.Errors;

/// <summary>Writes a problem as <c>application/problem+json</c> in the reader's language; codes and pointers are the same in all.</summary>
internal sealed class ProblemResult(Problem problem) : IResult
{
    public async Task ExecuteAsync(HttpContext context)
    {
        var (response, language) = (context.Response, Languages.Of(context.Request));
        response.StatusCode = problem.Code.Status;
        response.ContentType = "application/problem+json; charset=utf-8";
        response.Headers.ContentLanguage = Languages.Tag(language);
        response.Headers.Vary = "Accept-Language";
        response.Headers.CacheControl = "no-store";
        if (problem.RetryAfter is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in problem.Instead)
            response.Headers[name] = value;
        if (problem.Challenges.Count > 0)
            response.Headers.WWWAuthenticate = problem.Challenges.ToArray();

        await using var writer = new Utf8JsonWriter(response.BodyWriter, Json.Writing);
        Write(writer, context, language);
    }

    private void Write(Utf8JsonWriter writer, HttpContext context, Language language)
    {
        writer.WriteStartObject();
        writer.WriteString("type", $"/docs/problems#{problem.Code.Name}");
        writer.WriteString("title", problem.Code.Title.In(language));
        writer.WriteNumber("status", problem.Code.Status);
        writer.WriteString("code", problem.Code.Name);
        if (problem.Detail is { } detail)
            writer.WriteString("detail", detail.In(language));
        writer.WriteString("instance", context.Request.Path.ToUriComponent());
        writer.WriteString("traceId", context.TraceIdentifier);
        if (problem.At is { } at)
        {
            writer.WriteNumber("line", at.Line);
            writer.WriteNumber("column", at.Column);
        }

        if (problem.Errors is { Count: > 0 } errors)
            Write(writer, errors, language);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<Violation> errors, Language language)
    {
        writer.WriteStartArray("errors");
        foreach (var error in errors)
        {
            writer.WriteStartObject();
            writer.WriteString("pointer", error.Pointer);
            writer.WriteString("rule", error.Rule);
            writer.WriteString("detail", error.Message.In(language));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
