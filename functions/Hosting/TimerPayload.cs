using System.Globalization;
using System.Text.Json;

namespace FriendCity.Hosting;

/// <summary>What the Functions host posts to a timer: <c>{"Data":{"timer":{"ScheduleStatus":…,"IsPastDue":…}},…}</c>.</summary>
internal static class TimerPayload
{
    /// <summary>Null if the body is not such a payload.</summary>
    public static async Task<TimerInfo?> ReadAsync(HttpRequest request, string binding, CancellationToken ct)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: ct);
            var timer = document.RootElement.GetProperty("Data").GetProperty(binding);
            return new TimerInfo
            {
                IsPastDue = timer.TryGetProperty("IsPastDue", out var late) && late.GetBoolean(),
                ScheduleStatus = timer.TryGetProperty("ScheduleStatus", out var status) && status.ValueKind != JsonValueKind.Null
                    ? new ScheduleStatus { Last = Instant(status, "Last"), Next = Instant(status, "Next"), LastUpdated = Instant(status, "LastUpdated") }
                    : null,
            };
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    // "Never" is written 0001-01-01T00:00:00, with or without an offset; reading it as a local time east of Greenwich would fall
    // out of the calendar.
    private static DateTime Instant(JsonElement status, string name)
    {
        var text = status.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null.");
        return text.StartsWith("0001-01-01", StringComparison.Ordinal)
            ? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc)
            : DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
    }
}
