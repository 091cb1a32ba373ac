namespace FriendCity;

/// <summary>The office's calendar: instants are UTC inside, days are the office's. The zone is the setting <c>OfficeTimeZone</c>.</summary>
internal sealed class OfficeCalendar(TimeProvider time, TimeZoneInfo zone)
{
    public DateTimeOffset Now => time.GetUtcNow();

    public DateOnly Today => DayOf(Now);

    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
