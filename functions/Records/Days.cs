using System.Globalization;
using FriendCity.Records.Schemas;

namespace FriendCity.Records;

/// <summary>
/// Arithmetic of calendar days, here and nowhere else. It stops at the calendar's first and last day instead of failing, so that no date
/// that was ever stored breaks what is worked out from it.
/// </summary>
internal static class Days
{
    /// <summary>New dates lie from here to <see cref="Last"/>: others are a slip of the pen, or stand for "never" or "open".</summary>
    public static readonly DateOnly First = new(1900, 1, 1);

    public static readonly DateOnly Last = new(2200, 12, 31);

    private const int Months = 12;

    public static bool IsPlausible(DateOnly day) => day >= First && day <= Last;

    /// <summary>As files and addresses write a day: <c>yyyy-MM-dd</c>.</summary>
    public static string Iso(this DateOnly day) => day.ToString(DateFieldType.Plain, CultureInfo.InvariantCulture);

    public static bool IsMonthEnd(DateOnly day) => day.Day == DateTime.DaysInMonth(day.Year, day.Month);

    /// <summary>The last days of months from one day to another, both included, in their order.</summary>
    public static IEnumerable<DateOnly> MonthEnds(DateOnly from, DateOnly to) => Each(from, to).Where(IsMonthEnd);

    /// <summary>The days from one to another, both included, in their order.</summary>
    public static IEnumerable<DateOnly> Each(DateOnly from, DateOnly to) =>
        Enumerable.Range(from.DayNumber, Math.Max(0, to.DayNumber - from.DayNumber + 1)).Select(DateOnly.FromDayNumber);

    public static DateOnly PlusDays(this DateOnly day, long days) => TryPlusDays(day, days) ?? End(days);

    /// <summary>The same day of that month, or its last day where it has none such.</summary>
    public static DateOnly PlusMonths(this DateOnly day, long months) => TryPlusMonths(day, months) ?? End(months);

    /// <summary>The same day of that year; of 29 February the 28th where there is none.</summary>
    public static DateOnly PlusYears(this DateOnly day, long years) => day.PlusMonths(Months * years);

    /// <summary>Null beyond the calendar's ends.</summary>
    public static DateOnly? TryPlusDays(DateOnly day, long days) =>
        day.DayNumber + days is var number && number >= DateOnly.MinValue.DayNumber && number <= DateOnly.MaxValue.DayNumber
            ? DateOnly.FromDayNumber((int)number) : null;

    /// <summary>Likewise.</summary>
    public static DateOnly? TryPlusMonths(DateOnly day, long months)
    {
        var (year, month) = Math.DivRem((Months * (long)day.Year) + day.Month - 1 + months, Months);
        return year < DateOnly.MinValue.Year || year > DateOnly.MaxValue.Year || month < 0
            ? null
            : new DateOnly((int)year, (int)month + 1, Math.Min(day.Day, DateTime.DaysInMonth((int)year, (int)month + 1)));
    }

    /// <summary>
    /// The first day from which, looking back so many months, only days after <paramref name="day"/> are seen: of 30 September and one month
    /// that is 1 November, as the 31st of October still looks back on the 30th.
    /// </summary>
    public static DateOnly OutOfSight(DateOnly day, int months)
    {
        var next = day.PlusDays(1);
        var first = next.PlusMonths(months);
        return first.Day == next.Day ? first : first.PlusDays(1);
    }

    private static DateOnly End(long steps) => steps < 0 ? DateOnly.MinValue : DateOnly.MaxValue;
}

/// <summary>A date that no office means, at its place in a record.</summary>
/// <param name="Pointer">RFC 6901 JSON pointer.</param>
internal readonly record struct ImplausibleDate(string Pointer, DateOnly Day)
{
    /// <summary>The place without the positions in lists, which move when an entry is added.</summary>
    public string Field => string.Join('/', Pointer.Split('/').Where(part => part.Length > 0 && !char.IsAsciiDigit(part[0])));
}
