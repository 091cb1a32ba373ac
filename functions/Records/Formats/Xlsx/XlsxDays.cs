namespace FriendCity.Records.Formats.Xlsx;

/// <summary>Days as spreadsheets count them.</summary>
internal static class XlsxDays
{
    /// <summary>Excel takes 1900 for a leap year: days before the one after the day that it invented are other days to other programs.</summary>
    private static readonly DateOnly First = new(1900, 3, 1);

    private static readonly DateOnly Zero = new(1899, 12, 30);

    private static readonly DateOnly Zero1904 = new(1904, 1, 1);

    /// <summary>Null for a day that has no number.</summary>
    public static int? Serial(DateOnly day) => day >= First ? day.DayNumber - Zero.DayNumber : null;

    /// <summary>Null for a number that is no day.</summary>
    public static DateOnly? Day(double serial, bool is1904)
    {
        var zero = is1904 ? Zero1904 : Zero;
        return serial >= (is1904 ? 0 : First.DayNumber - Zero.DayNumber) && serial <= DateOnly.MaxValue.DayNumber - zero.DayNumber
            ? DateOnly.FromDayNumber(zero.DayNumber + (int)serial) : null;
    }
}
