using System.Globalization;
using System.Text.Json;

namespace FriendCity.LocalHost;

/// <summary>How far a timer has come, in UTC and in the form of the WebJobs timer extension.</summary>
internal sealed record TimerStatus(DateTime Last, DateTime Next, DateTime LastUpdated)
{
    /// <summary>That of a timer nobody has seen before.</summary>
    public static TimerStatus First(TimerSchedule schedule, DateTime now) => new(Never, schedule.Next(now), now);

    public static DateTime Never { get; } = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);

    /// <summary>
    /// The status as a host that starts takes it up. A schedule that reckons otherwise than the status has been changed meanwhile, and
    /// then nothing is past due by it. A status of the future, left by a clock that went wrong, is waited for.
    /// </summary>
    public TimerStatus TakenUp(TimerSchedule schedule, DateTime now)
    {
        var from = Last != Never ? Last : LastUpdated != Never ? LastUpdated : now;
        var expected = schedule.Next(from);
        return Next == expected ? this : now > expected ? First(schedule, now) : new TimerStatus(Never, expected, from);
    }

    public static TimerStatus After(DateTime run, TimerSchedule schedule) => new(run, schedule.Next(run), run);

    public string ToJson() => $$"""{"Last":"{{Text(Last)}}","Next":"{{Text(Next)}}","LastUpdated":"{{Text(LastUpdated)}}"}""";

    /// <summary>Null if there is none, or if it cannot be read.</summary>
    public static TimerStatus? Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return new TimerStatus(Instant("Last"), Instant("Next"), Instant("LastUpdated"));

            DateTime Instant(string name)
            {
                var text = document.RootElement.GetProperty(name).GetString() ?? "";
                // "Never" with an offset east of Greenwich would fall out of the calendar.
                return text.StartsWith("0001-01-01", StringComparison.Ordinal) ? Never
                    : DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
            }
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static string Text(DateTime instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'+00:00'", CultureInfo.InvariantCulture);
}

/// <summary>What a timer's function is told.</summary>
internal static class TimerMessage
{
    public static string Of(TimerStatus? status, bool pastDue) =>
        $$"""{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{{status?.ToJson() ?? "null"}},"IsPastDue":{{(pastDue ? "true" : "false")}}}""";
}
