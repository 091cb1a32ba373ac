using FriendCity.Messages;

namespace FriendCity.Registry;

/// <summary>A time from <c>since</c> (none: always) up to, without, <c>until</c> (none: until now).</summary>
internal static class Periods
{
    public static bool Holds(DateOnly? since, DateOnly? until, DateOnly day) => !(day < since) && !(day >= until);

    public static bool Overlap(DateOnly? since, DateOnly? until, DateOnly? otherSince, DateOnly? otherUntil) =>
        !(until <= otherSince) && !(otherUntil <= since);

    public static void Check(ValidationContext validation, string pointer, DateOnly? since, DateOnly? until)
    {
        if (until <= since)
            validation.Refuse(pointer, "interval_order", "The period ends before it begins.", "期间的截止日期早于起始日期。");
    }

    /// <summary>For two days of which both belong to the time, such as the first and last day of an expo.</summary>
    public static void CheckDays(ValidationContext validation, string pointer, DateOnly? first, DateOnly? last)
    {
        if (last < first)
            validation.Refuse(pointer, "date_order", "The last day is earlier than the first.", "结束日期早于开始日期。");
    }
}
