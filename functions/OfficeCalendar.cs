using FriendCity.Storage;

namespace FriendCity;

/// <summary>
/// The office's calendar: instants are UTC inside, days are the office's. The zone is the setting <c>OfficeTimeZone</c>. The hour is
/// storage's, which is one for all instances, and not the machine's, which may be wrong; until storage has told its own, there is no other.
/// </summary>
internal sealed class OfficeCalendar(TimeProvider time, StorageClock storage, TimeZoneInfo zone)
{
    public DateTimeOffset Now => storage.Now ?? time.GetUtcNow();

    public DateOnly Today => DayOf(Now);

    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
