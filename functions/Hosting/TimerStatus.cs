using System.Text.Json;

namespace FriendCity.Hosting;

/// <summary>How far a timer has come, all in UTC.</summary>
/// <param name="Last">The instant of the last run; null before the first.</param>
/// <param name="Next">The first instant that no run has answered for; null when the schedule has no further one.</param>
/// <param name="Updated">What <paramref name="Next"/> was reckoned from. A schedule that reckons otherwise is another schedule.</param>
internal sealed record TimerStatus(DateTime? Last, DateTime? Next, DateTime Updated)
{
    private static readonly DateTime Never = DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc);

    public static TimerStatus First(TimerSchedule schedule, DateTime now) => new(null, schedule.Next(now), now);

    public bool Follows(TimerSchedule schedule) => schedule.Next(Updated) == Next;

    /// <summary>
    /// The status under a schedule that a setting has changed: nothing is past due by it, because nobody had asked for those instants
    /// when they passed.
    /// </summary>
    public TimerStatus Under(TimerSchedule schedule, DateTime now) =>
        schedule.Next(Updated) is { } next && next > now ? this with { Next = next } : this with { Next = schedule.Next(now), Updated = now };

    /// <summary>
    /// The status after a run. Instants that passed while it lasted are skipped, and the reckoning never goes back: a clock that does
    /// makes no instant due again.
    /// </summary>
    public TimerStatus After(DateTime run, DateTime ended, TimerSchedule schedule)
    {
        var from = new[] { Updated, run, ended }.Max();
        return new TimerStatus(run, schedule.Next(from), from);
    }

    /// <summary>What a function is told when it is called.</summary>
    public ScheduleStatus Told(DateTime? due) => new() { Last = Last ?? Never, Next = due ?? Never, LastUpdated = Updated };

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            Write(writer, "last", Last);
            Write(writer, "next", Next);
            Write(writer, "lastUpdated", Updated);
            writer.WriteEndObject();
        }

        return bytes.ToArray();
    }

    /// <summary>Null if the bytes are no status.</summary>
    public static TimerStatus? Read(byte[] bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return Instant(json, "lastUpdated") is { } updated ? new TimerStatus(Instant(json, "last"), Instant(json, "next"), updated) : null;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, DateTime? instant)
    {
        if (instant is { } given)
            writer.WriteString(name, given);
        else
            writer.WriteNull(name);
    }

    private static DateTime? Instant(JsonDocument json, string name) =>
        json.RootElement.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? value.GetDateTimeOffset().UtcDateTime : null;
}
