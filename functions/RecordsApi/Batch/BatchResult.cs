using System.Text.Json;
using FriendCity.Http;
using FriendCity.Serialization;

namespace FriendCity.RecordsApi.Batch;

/// <summary>
/// Carries out the writes in their order, one after the other, so that a later one may rest on an earlier, and hands each answer on as soon as it
/// is there: a hundred long records are never in memory at once.
/// </summary>
internal sealed class BatchResult(IReadOnlyList<BatchItem> items, BatchRunner runner, bool stops) : IResult
{
    public static readonly string[] ShownHeaders =
        ["ETag", "Location", "Allow", "Retry-After", "Preference-Applied", IdempotencyKey.Replayed];

    public async Task ExecuteAsync(HttpContext context)
    {
        var (response, cancellationToken) = (context.Response, context.RequestAborted);
        response.ContentType = JsonResult.ContentType;
        response.Headers.CacheControl = "no-store";
        await using var writer = new Utf8JsonWriter(response.BodyWriter, Json.Writing);
        writer.WriteStartObject();
        writer.WriteStartArray("responses");
        var isStopped = false;
        for (var at = 0; at < items.Count; at++)
        {
            var (answer, body) = await runner.RunAsync(items[at], at, isStopped, cancellationToken);
            isStopped |= stops && answer.StatusCode >= StatusCodes.Status400BadRequest;
            Write(writer, items[at].Id, answer, body.Span);
            await writer.FlushAsync(cancellationToken);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string? id, HttpResponse answer, ReadOnlySpan<byte> body)
    {
        writer.WriteStartObject();
        if (id is not null)
            writer.WriteString("id", id);
        writer.WriteNumber("status", answer.StatusCode);
        writer.WriteStartObject("headers");
        foreach (var name in ShownHeaders)
            if (answer.Headers.TryGetValue(name, out var value))
                writer.WriteString(name, value.ToString());
        writer.WriteEndObject();
        if (body.Length > 0)
        {
            writer.WritePropertyName("body");
            writer.WriteRawValue(body, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }
}
